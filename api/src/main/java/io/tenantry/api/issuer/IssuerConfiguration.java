package io.tenantry.api.issuer;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.tenantry.api.attempts.FailedLogins;
import io.tenantry.api.security.Stateless;
import io.tenantry.api.token.BuiltInIssuer;
import io.tenantry.api.token.SecuritySettings;
import io.tenantry.api.token.TokenClaims;
import io.tenantry.control.ApiClientStore;
import io.tenantry.credentials.CredentialSource;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.oauth2.server.authorization.web.authentication.ClientSecretBasicAuthenticationConverter;
import org.springframework.security.oauth2.server.authorization.web.authentication.ClientSecretPostAuthenticationConverter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;

/**
 * The built-in issuer, cut down to client credentials: the library brings a dozen endpoints, and
 * the chain is for two of them, so that the others are not there.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IssuerSettings.class)
class IssuerConfiguration {

  @Bean
  JWKSource<SecurityContext> issuerKeys(CredentialSource credentials) {
    return new IssuerKeys(credentials);
  }

  @Bean
  PasswordEncoder clientSecretEncoder() {
    DelegatingPasswordEncoder encoder =
        (DelegatingPasswordEncoder) PasswordEncoderFactories.createDelegatingPasswordEncoder();
    encoder.setDefaultPasswordEncoderForMatches(new BCryptPasswordEncoder());
    return encoder;
  }

  @Bean
  SlowHashing slowHashing() {
    return SlowHashing.ofHalfTheProcessors();
  }

  /** Only there when the issuer is on. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnBooleanProperty("tenantry.issuer.enabled")
  static class Enabled {

    @Bean
    RegisteredClients registeredClients(ApiClientStore clients, IssuerSettings settings) {
      return new RegisteredClients(clients, settings.tokenLifetime());
    }

    @Bean
    BuiltInIssuer builtInIssuer(IssuerSettings settings, JWKSource<SecurityContext> keys) {
      return new BuiltInIssuer(settings.uri(), keys);
    }

    @Bean
    AuthorizationServerSettings authorizationServerSettings(IssuerSettings settings) {
      return AuthorizationServerSettings.builder().issuer(settings.uri()).build();
    }

    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> accessTokens(SecuritySettings settings) {
      return token -> {
        token.getJwsHeader().type(TokenClaims.ACCESS_TOKEN_TYPE);
        token.getClaims().audience(List.of(settings.audience()));
        // RFC 9068 wants one text; the library writes an array.
        token.getClaims().claim("scope", String.join(" ", token.getAuthorizedScopes()));
        String tenant = RegisteredClients.tenant(token.getRegisteredClient());
        if (tenant != null) {
          token.getClaims().claim(TokenClaims.TENANT_ID, tenant);
        }
      };
    }

    @Bean
    @Order(10)
    SecurityFilterChain issuerChain(
        HttpSecurity http,
        RegisteredClients clients,
        PasswordEncoder encoder,
        SlowHashing hashing,
        FailedLogins failedLogins) {
      ClientSecrets secrets =
          new ClientSecrets(clients::find, clients, encoder, hashing, failedLogins);
      OAuth2AuthorizationServerConfigurer server = new OAuth2AuthorizationServerConfigurer();
      PathPatternRequestMatcher.Builder path = PathPatternRequestMatcher.withDefaults();
      return Stateless.chain(http)
          .securityMatcher(
              new OrRequestMatcher(
                  path.matcher(HttpMethod.POST, "/oauth2/token"),
                  path.matcher(HttpMethod.GET, "/oauth2/jwks")))
          .with(server, all -> clientCredentialsOnly(all, secrets))
          .authorizeHttpRequests(rules -> rules.anyRequest().authenticated())
          .build();
    }

    /** The library's own metadata insists on endpoints that are not here. */
    @Bean
    @Order(15)
    SecurityFilterChain metadataChain(HttpSecurity http) {
      return Stateless.chain(http)
          .securityMatcher(
              PathPatternRequestMatcher.withDefaults()
                  .matcher(HttpMethod.GET, MetadataController.PATH))
          .authorizeHttpRequests(rules -> rules.anyRequest().permitAll())
          .build();
    }

    private static void clientCredentialsOnly(
        OAuth2AuthorizationServerConfigurer server, ClientSecrets secrets) {
      server
          .authorizationService(new ForgetfulAuthorizations())
          .clientAuthentication(
              client ->
                  client
                      .errorResponseHandler(new ClientRefusal())
                      .authenticationConverters(
                          all ->
                              all.removeIf(
                                  one ->
                                      !(one instanceof ClientSecretBasicAuthenticationConverter)
                                          && !(one
                                              instanceof ClientSecretPostAuthenticationConverter)))
                      .authenticationProviders(
                          all -> {
                            all.clear();
                            all.add(secrets);
                          }))
          .tokenEndpoint(
              token ->
                  token
                      .accessTokenRequestConverters(
                          all -> {
                            all.clear();
                            all.add(new AllScopesUnlessSaid());
                          })
                      .authenticationProviders(
                          all ->
                              all.removeIf(
                                  one ->
                                      !(one
                                          instanceof
                                          OAuth2ClientCredentialsAuthenticationProvider))));
    }
  }
}
