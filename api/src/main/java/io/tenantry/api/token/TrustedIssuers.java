package io.tenantry.api.token;

import java.util.Set;

/**
 * The issuers whose tokens are believed; every other is refused, whatever its signature.
 *
 * @param uris as their tokens name them, to the letter
 */
public record TrustedIssuers(Set<String> uris) {

  public TrustedIssuers {
    uris = Set.copyOf(uris);
  }
}
