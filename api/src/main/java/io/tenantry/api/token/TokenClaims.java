package io.tenantry.api.token;

import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.error.TenantryException;
import java.util.Optional;
import org.springframework.security.oauth2.jwt.Jwt;

/** The claims and scopes that this interface reads from a token. */
public final class TokenClaims {

  /** The claim that names the tenant, by its id; absent from the platform's own tokens. */
  public static final String TENANT_ID = "tenant_id";

  /** The type that an access token carries in its header (RFC 9068). */
  public static final String ACCESS_TOKEN_TYPE = "at+jwt";

  private TokenClaims() {}

  /**
   * The tenant that {@code token} names, empty when it names none.
   *
   * @throws TenantryException with {@code tenant_id_invalid} when the claim is no UUID
   */
  public static Optional<TenantId> tenant(Jwt token) {
    return Optional.ofNullable(token.getClaims().get(TENANT_ID))
        .map(claim -> TenantId.parse(String.valueOf(claim)));
  }
}
