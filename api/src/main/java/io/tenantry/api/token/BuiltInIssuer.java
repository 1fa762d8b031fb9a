package io.tenantry.api.token;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.tenantry.control.RevokedClients;

/**
 * The issuer of this platform.
 *
 * @param uri as its tokens name it, to the letter
 * @param keys its own
 * @param revoked the clients whose tokens are no good any more
 */
public record BuiltInIssuer(String uri, JWKSource<SecurityContext> keys, RevokedClients revoked) {}
