package io.tenantry.api.token;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;

/**
 * The issuer of this platform.
 *
 * @param uri as its tokens name it, to the letter
 * @param keys its own
 */
public record BuiltInIssuer(String uri, JWKSource<SecurityContext> keys) {}
