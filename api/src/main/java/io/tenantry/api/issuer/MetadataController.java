package io.tenantry.api.issuer;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What the issuer can do, RFC 8414. The library's own answer insists on endpoints that are not
 * here.
 */
@RestController
@ConditionalOnBooleanProperty("tenantry.issuer.enabled")
class MetadataController {

  static final String PATH = "/.well-known/oauth-authorization-server";

  private final Metadata metadata;

  MetadataController(IssuerSettings settings) {
    String issuer = settings.uri();
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    this.metadata =
        new Metadata(
            issuer,
            base + "/oauth2/token",
            base + "/oauth2/jwks",
            List.of("client_credentials"),
            List.of(),
            List.of("client_secret_basic", "client_secret_post"),
            List.of(
                "tenant:read",
                "tenant:write",
                "platform:read",
                "platform:write",
                "platform:purge"));
  }

  @GetMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
  Metadata read() {
    return metadata;
  }

  record Metadata(
      @JsonProperty("issuer") String issuer,
      @JsonProperty("token_endpoint") String tokenEndpoint,
      @JsonProperty("jwks_uri") String jwksUri,
      @JsonProperty("grant_types_supported") List<String> grantTypes,
      @JsonProperty("response_types_supported") List<String> responseTypes,
      @JsonProperty("token_endpoint_auth_methods_supported") List<String> authMethods,
      @JsonProperty("scopes_supported") List<String> scopes) {}
}
