package io.tenantry.api.cors;

import jakarta.servlet.DispatcherType;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

/** Puts the filter before security: a browser's question in advance carries no token. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CorsSettings.class)
class CorsSetup {

  /** After the filters that give every answer its headers and its id. */
  private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 50;

  /** How long a browser may remember the answer; Chromium takes two hours at most. */
  private static final Duration REMEMBERED = Duration.ofMinutes(10);

  @Bean
  FilterRegistrationBean<ListedOriginsFilter> corsFilter(CorsSettings settings) {
    CorsConfiguration rules = new CorsConfiguration();
    rules.setAllowedOrigins(List.copyOf(settings.origins()));
    rules.setAllowedMethods(List.of("GET", "POST", "PUT", "PATCH", "DELETE"));
    rules.setAllowedHeaders(
        List.of(
            "Authorization",
            "Confirm-Tenant",
            "Content-Type",
            "Idempotency-Key",
            "If-Match",
            "If-None-Match",
            "Prefer",
            "X-Request-Id",
            "traceparent",
            "tracestate"));
    rules.setExposedHeaders(
        List.of(
            "ETag",
            "Idempotency-Replayed",
            "Link",
            "Location",
            "RateLimit",
            "RateLimit-Policy",
            "Retry-After",
            "WWW-Authenticate",
            "X-Request-Id"));
    // Tokens are sent by the page itself; cookies mean nothing here.
    rules.setAllowCredentials(false);
    rules.setMaxAge(REMEMBERED);
    UrlBasedCorsConfigurationSource paths = new UrlBasedCorsConfigurationSource();
    paths.registerCorsConfiguration("/v1/**", rules);
    paths.registerCorsConfiguration("/admin/v1/**", rules);
    paths.registerCorsConfiguration("/oauth2/token", rules);
    FilterRegistrationBean<ListedOriginsFilter> registration =
        new FilterRegistrationBean<>(new ListedOriginsFilter(settings.origins(), paths));
    registration.setOrder(ORDER);
    registration.setDispatcherTypes(DispatcherType.REQUEST);
    registration.setEnabled(!settings.origins().isEmpty());
    return registration;
  }
}
