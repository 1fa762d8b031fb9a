package io.tenantry.api.token;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.tenantry.tenancy.TenantId;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * An issuer whose tokens are believed.
 *
 * @param keys its own; they verify no token that names another issuer
 * @param audience what the {@code aud} of its tokens has to name
 * @param types what the {@code typ} of its tokens may be; empty stands for none
 * @param speaksFor whether its tokens may name that tenant; empty: none, for the platform
 * @param revoked whether tokens of a subject are no good any more
 */
record TrustedIssuer(
    JWKSource<SecurityContext> keys,
    String audience,
    Set<String> types,
    Predicate<Optional<TenantId>> speaksFor,
    Predicate<String> revoked) {}
