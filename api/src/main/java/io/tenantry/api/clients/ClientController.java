package io.tenantry.api.clients;

import io.tenantry.api.admin.Acting;
import io.tenantry.api.admin.TenantPath;
import io.tenantry.api.issuer.IssuerSettings;
import io.tenantry.api.issuer.SlowHashing;
import io.tenantry.api.paging.Cursor;
import io.tenantry.api.paging.ListAnswer;
import io.tenantry.api.paging.ListRequest;
import io.tenantry.api.problems.Shown;
import io.tenantry.control.ApiClient;
import io.tenantry.control.TenantClients;
import io.tenantry.tenancy.TenantSlug;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

@RestController
@RequestMapping(
    path = "/admin/v1/tenants/{slug}/clients",
    produces = MediaType.APPLICATION_JSON_VALUE)
class ClientController {

  // What no client can be called need not be asked for, and may not be storable text at all.
  private static final Pattern POSSIBLE_ID = Pattern.compile("[\\x21-\\x7E]{1,100}");

  private final TenantClients clients;
  private final IssuerSettings issuer;
  private final PasswordEncoder encoder;
  private final SlowHashing hashing;

  ClientController(
      TenantClients clients, IssuerSettings issuer, PasswordEncoder encoder, SlowHashing hashing) {
    this.clients = clients;
    this.issuer = issuer;
    this.encoder = encoder;
    this.hashing = hashing;
  }

  @GetMapping
  ResponseEntity<ListAnswer<ClientDocument>> list(
      @PathVariable("slug") String slug,
      @RequestParam(name = "limit", required = false) @Nullable String limit,
      @RequestParam(name = "cursor", required = false) @Nullable String cursor) {
    demandIssuer();
    int most = ListRequest.limit(limit);
    String list = "clients of " + slug;
    String after = cursor == null ? null : Cursor.name(list, cursor);
    if (after != null && !POSSIBLE_ID.matcher(after).matches()) {
      throw Cursor.invalid();
    }
    List<ApiClient> found = clients.page(TenantPath.slug(slug), most + 1, after);
    return ListAnswer.byName(list, most, found, ApiClient::clientId, ClientDocument::of);
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<ClientDocument> create(
      @PathVariable("slug") String slug,
      @RequestBody(required = false) @Nullable ClientRequest body,
      Principal caller,
      HttpServletRequest request) {
    demandIssuer();
    ClientRequest wanted = body == null ? ClientRequest.EMPTY : body;
    wanted.check();
    TenantSlug tenant = TenantPath.slug(slug);
    String id = wanted.clientId() == null ? newId(tenant) : wanted.clientId();
    ClientSecret secret = ClientSecret.of(wanted.secret());
    ApiClient client =
        clients.create(tenant, id, hash(secret), wanted.wantedScopes(), Acting.by(caller, request));
    URI location =
        UriComponentsBuilder.fromPath("/admin/v1/tenants/{slug}/clients/{id}").build(slug, id);
    return ResponseEntity.created(location).body(ClientDocument.of(client, secret.shown()));
  }

  @GetMapping("/{clientId}")
  ClientDocument read(
      @PathVariable("slug") String slug, @PathVariable("clientId") String clientId) {
    demandIssuer();
    demandPossible(slug, clientId);
    return ClientDocument.of(clients.get(TenantPath.slug(slug), clientId));
  }

  /** Also ends the tokens that the client has, everywhere and within seconds. */
  // Its answer has a body only where it refuses, and so some clients accept nothing else.
  @DeleteMapping(
      path = "/{clientId}",
      produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_PROBLEM_JSON_VALUE})
  ResponseEntity<Void> revoke(
      @PathVariable("slug") String slug,
      @PathVariable("clientId") String clientId,
      Principal caller,
      HttpServletRequest request) {
    demandIssuer();
    demandPossible(slug, clientId);
    clients.revoke(TenantPath.slug(slug), clientId, Acting.by(caller, request));
    return ResponseEntity.noContent().build();
  }

  @PostMapping(path = "/{clientId}/secret", consumes = MediaType.APPLICATION_JSON_VALUE)
  ClientDocument replaceSecret(
      @PathVariable("slug") String slug,
      @PathVariable("clientId") String clientId,
      @RequestBody(required = false) @Nullable SecretRequest body,
      Principal caller,
      HttpServletRequest request) {
    demandIssuer();
    demandPossible(slug, clientId);
    SecretRequest wanted = body == null ? SecretRequest.EMPTY : body;
    wanted.check();
    ClientSecret secret = ClientSecret.of(wanted.secret());
    ApiClient client =
        clients.replaceSecret(
            TenantPath.slug(slug),
            clientId,
            hash(secret),
            wanted.overlap(),
            Acting.by(caller, request));
    return ClientDocument.of(client, secret.shown());
  }

  private void demandIssuer() {
    if (!issuer.enabled()) {
      throw new TenantryException(
          ErrorCode.ISSUER_DISABLED, "tenantry.issuer.enabled is false here.");
    }
  }

  private static void demandPossible(String slug, String clientId) {
    if (TenantPath.possible(slug).isEmpty() || !POSSIBLE_ID.matcher(clientId).matches()) {
      throw new TenantryException(
          ErrorCode.NOT_FOUND,
          "'" + Shown.brief(slug) + "' has no client '" + Shown.brief(clientId) + "'.");
    }
  }

  private static String newId(TenantSlug tenant) {
    String random = UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    return tenant.value() + "-" + random;
  }

  private String hash(ClientSecret secret) {
    return hashing.call(() -> Objects.requireNonNull(encoder.encode(secret.value())));
  }
}
