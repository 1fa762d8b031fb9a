package io.tenantry.api.security;

import io.tenantry.api.openapi.DocsSettings;
import io.tenantry.api.problems.ProblemWriter;
import io.tenantry.api.tenant.TenantGate;
import io.tenantry.api.token.CallerNames;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import jakarta.servlet.DispatcherType;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.intercept.AuthorizationFilter;

/**
 * The chains, each for its own paths; the issuer's comes before them. The last one is for every
 * path that none is for: what no chain matches would be open.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

  private static final String[] DOCS = {
    "/openapi.json", "/openapi.json/*", "/docs", "/swagger-ui/**", "/openapi.json.yaml"
  };

  @Bean
  @Order(20)
  SecurityFilterChain tenantChain(
      HttpSecurity http,
      JwtDecoder decoder,
      CallerNames names,
      Refusals refusals,
      TenantGate gate) {
    return resources(http, "/v1/**", AccessRule.TENANT, decoder, names, refusals)
        .addFilterAfter(gate, AuthorizationFilter.class)
        .build();
  }

  @Bean
  @Order(30)
  SecurityFilterChain platformChain(
      HttpSecurity http, JwtDecoder decoder, CallerNames names, Refusals refusals) {
    // Before the rule of all other paths: the first that matches decides.
    http.authorizeHttpRequests(
        rules ->
            rules
                // Each of these can end in data that nobody brings back.
                .requestMatchers(
                    HttpMethod.POST, "/admin/v1/tenants/*/purge", "/admin/v1/migrations/*/revert")
                .access(AccessRule.PURGE)
                .requestMatchers(HttpMethod.DELETE, "/admin/v1/tenants/*/hold")
                .access(AccessRule.PURGE));
    return resources(http, "/admin/v1/**", AccessRule.PLATFORM, decoder, names, refusals).build();
  }

  @Bean
  @Order(40)
  SecurityFilterChain docsChain(HttpSecurity http, DocsSettings docs, ProblemWriter problems) {
    HttpSecurity base = closed(http.securityMatcher(DOCS), problems);
    return base.authorizeHttpRequests(
            rules -> {
              if (docs.enabled()) {
                rules.anyRequest().permitAll();
              } else {
                rules.anyRequest().denyAll();
              }
            })
        .build();
  }

  /** What the type of a problem leads to; the catalogue is no secret. */
  @Bean
  @Order(45)
  SecurityFilterChain problemsChain(HttpSecurity http, ProblemWriter problems) {
    return closed(http.securityMatcher("/problems/*"), problems)
        .authorizeHttpRequests(rules -> rules.anyRequest().permitAll())
        .build();
  }

  /** On the management port, which only the cluster's own network reaches. */
  @Bean
  @Order(50)
  SecurityFilterChain managementChain(HttpSecurity http, ProblemWriter problems) {
    return closed(http.securityMatcher(EndpointRequest.toAnyEndpoint()), problems)
        .authorizeHttpRequests(rules -> rules.anyRequest().permitAll())
        .build();
  }

  @Bean
  @Order(100)
  SecurityFilterChain restChain(HttpSecurity http, ProblemWriter problems) {
    return closed(http, problems)
        .authorizeHttpRequests(
            rules ->
                rules
                    .dispatcherTypeMatchers(DispatcherType.ERROR)
                    .permitAll()
                    .anyRequest()
                    .denyAll())
        .build();
  }

  private static HttpSecurity resources(
      HttpSecurity http,
      String paths,
      AccessRule rule,
      JwtDecoder decoder,
      CallerNames names,
      Refusals refusals) {
    return Stateless.chain(http.securityMatcher(paths))
        .authorizeHttpRequests(rules -> rules.anyRequest().access(rule))
        .oauth2ResourceServer(
            server ->
                server
                    .jwt(jwt -> jwt.decoder(decoder).jwtAuthenticationConverter(names))
                    .authenticationEntryPoint(refusals)
                    .accessDeniedHandler(refusals))
        .exceptionHandling(
            handling -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals));
  }

  /** What is refused here is answered as if it were not there, whoever asks. */
  private static HttpSecurity closed(HttpSecurity http, ProblemWriter problems) {
    AuthenticationEntryPoint nobody =
        (request, response, _) -> problems.write(request, response, nothing());
    AccessDeniedHandler anybody =
        (request, response, _) -> problems.write(request, response, nothing());
    return Stateless.chain(http)
        .exceptionHandling(
            handling -> handling.authenticationEntryPoint(nobody).accessDeniedHandler(anybody));
  }

  private static TenantryException nothing() {
    return new TenantryException(ErrorCode.NOT_FOUND, "There is nothing at this path.");
  }
}
