package io.tenantry.tenancy.error;

import static io.tenantry.tenancy.error.ErrorCategory.ACCESS;
import static io.tenantry.tenancy.error.ErrorCategory.CONFLICT;
import static io.tenantry.tenancy.error.ErrorCategory.INTERNAL;
import static io.tenantry.tenancy.error.ErrorCategory.LIMIT;
import static io.tenantry.tenancy.error.ErrorCategory.REQUEST;
import static io.tenantry.tenancy.error.ErrorCategory.SETUP;
import static io.tenantry.tenancy.error.ErrorCategory.UNAVAILABLE;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The error catalogue. A code, once published, keeps its name and its status; programs are written
 * against them. The title is the same for every occurrence; the hint says the way out.
 */
public enum ErrorCode {
  // The request cannot be read.
  JSON_INVALID(400, REQUEST, "The body is not valid JSON", "Send one JSON object, in UTF-8."),
  FIELD_UNKNOWN(
      400, REQUEST, "The body has an unknown field", "Remove the field; /openapi.json lists them."),
  FIELD_TYPE_INVALID(
      400, REQUEST, "A field has the wrong type", "See /openapi.json for the type of the field."),
  PARAMETER_INVALID(
      400, REQUEST, "A parameter cannot be read", "See /openapi.json for the parameter's form."),
  CURSOR_INVALID(
      400, REQUEST, "The cursor is not one of ours", "Use nextCursor as it came, or leave it out."),
  TENANT_IN_REQUEST(
      400,
      REQUEST,
      "The request names a tenant",
      "The tenant comes from the token alone; remove it from header, query and body."),
  TENANT_ID_INVALID(400, REQUEST, "Not a tenant's id", "Tenant ids are UUIDs."),
  SLUG_INVALID(
      400,
      REQUEST,
      "Not a slug",
      "Use 3 to 40 of a-z, 0-9 and hyphen; begin with a letter, do not end with a hyphen."),
  REQUEST_INVALID(400, REQUEST, "The request cannot be read", "See /docs for how to call."),
  IDEMPOTENCY_KEY_INVALID(
      400,
      REQUEST,
      "The Idempotency-Key cannot be used",
      "It takes 1 to 255 visible ASCII characters, once, and on POST alone."),
  NOT_FOUND(404, REQUEST, "There is nothing here", "Check the path and the id."),
  METHOD_NOT_ALLOWED(
      405, REQUEST, "The method is not for this path", "The Allow header lists the methods."),
  NOT_ACCEPTABLE(
      406, REQUEST, "No answer in an accepted form", "Accept application/json, or anything."),
  PAYLOAD_TOO_LARGE(413, REQUEST, "The body is too large", "Send at most 1 MiB."),
  MEDIA_TYPE_UNSUPPORTED(
      415, REQUEST, "The body's media type is not taken", "Send application/json."),
  PRECONDITION_FAILED(
      412, REQUEST, "The resource has changed", "Read it again and use its new ETag."),
  PRECONDITION_REQUIRED(
      428, REQUEST, "If-Match is missing", "Send If-Match with the ETag you last read."),
  CONFIRMATION_REQUIRED(
      400, REQUEST, "It is not confirmed", "Send Confirm-Tenant with the tenant's slug."),
  VALIDATION_FAILED(
      422, REQUEST, "A value is not acceptable", "errors names each value and what is accepted."),

  SLUG_RESERVED(422, REQUEST, "The slug is the platform's own", "Use a slug that is not reserved."),
  IDEMPOTENCY_KEY_REUSED(
      422,
      REQUEST,
      "The Idempotency-Key was used for another request",
      "Use a new key for a new request; the same key takes the same path and body."),
  // Who is asking.
  TOKEN_MISSING(401, ACCESS, "No token", "Send Authorization: Bearer <token> from /oauth2/token."),
  TOKEN_INVALID(401, ACCESS, "The token is not accepted", "Get a new one from /oauth2/token."),
  SCOPE_MISSING(403, ACCESS, "The token lacks a scope", "Ask for a token with the scope named."),
  TENANT_MISSING(
      403, ACCESS, "The token names no tenant", "Use a tenant's client for paths under /v1."),
  TENANT_FORBIDDEN(
      403,
      ACCESS,
      "The token belongs to a tenant",
      "Use a platform client for paths under /admin/v1."),
  TENANT_UNKNOWN(403, ACCESS, "The tenant is not known", "Ask the platform's operator."),
  TENANT_SUSPENDED(403, ACCESS, "The tenant is suspended", "Ask the platform's operator."),
  TENANT_QUARANTINED(
      403, ACCESS, "The tenant is held back", "The platform's operator has to clear it."),

  // The state of things.
  TENANT_NOT_READY(409, CONFLICT, "The tenant is being made", "Try again in a moment."),
  TENANT_RESTORING(409, CONFLICT, "The tenant is being restored", "Try again later."),
  CLIENT_ORDER_ID_DUPLICATE(
      409, CONFLICT, "The clientOrderId is taken", "Read the order there is, or use another id."),
  ORDER_STATE_CONFLICT(
      409, CONFLICT, "The order's status forbids it", "Read the order for its present status."),
  TENANT_STATE_CONFLICT(
      409, CONFLICT, "The tenant's state forbids it", "Read the tenant for its present status."),
  TENANT_EXISTS(412, CONFLICT, "The tenant exists", "Leave out If-None-Match to change it."),
  SLUG_RETAINED(
      409,
      CONFLICT,
      "The slug belongs to a deleted tenant",
      "Undelete that tenant, or use another slug."),
  SLUG_QUARANTINED(
      409,
      CONFLICT,
      "The slug was a purged tenant's until lately",
      "Use another slug, or wait: tenantry.tenants.slug-quarantine says for how long."),
  DELETION_PROTECTED(
      409,
      CONFLICT,
      "The tenant is protected from deletion",
      "PUT the tenant with deletionProtection false first."),
  LEGAL_HOLD(
      409, CONFLICT, "The tenant is under a legal hold", "Lift it: DELETE the tenant's hold."),
  RETENTION_NOT_OVER(
      409,
      CONFLICT,
      "The tenant may still be undeleted",
      "Wait until purgeAfter; a dry run is possible before."),
  IDEMPOTENCY_IN_PROGRESS(
      409,
      CONFLICT,
      "The first request with this Idempotency-Key still runs",
      "Send the same request again after Retry-After seconds."),
  ORDER_OVERFILLED(
      409,
      CONFLICT,
      "The fills exceed the order",
      "Read the order for what is filled already; send only what is left."),
  VENUE_FILL_ID_CONFLICT(
      409,
      CONFLICT,
      "The venueFillId belongs to another fill",
      "Read the fill there is; a fill that was sent before has to be sent unchanged."),
  CLIENT_EXISTS(409, CONFLICT, "The client exists", "Replace its secret, or use another clientId."),
  CLIENT_REVOKED(409, CONFLICT, "The client is revoked", "Make a new client."),
  ISSUER_DISABLED(
      409,
      CONFLICT,
      "The built-in token issuer is off",
      "Make clients at the issuer whose tokens are trusted, or set tenantry.issuer.enabled."),
  MIGRATION_UNFINISHED(
      409,
      CONFLICT,
      "Another run is unfinished",
      "Wait for its end, or pause and revert it; one run at a time."),
  MIGRATION_STATE_CONFLICT(
      409, CONFLICT, "The run's state forbids it", "Read the run for its present state."),
  CONCURRENT_UPDATE(
      409, CONFLICT, "Somebody else changed it at the same time", "Read it again and repeat."),

  // More than there is for this caller.
  RATE_LIMIT_EXCEEDED(
      429, LIMIT, "Too many requests for this tenant", "Try again after Retry-After seconds."),
  CONNECTION_LIMIT_EXCEEDED(
      429,
      LIMIT,
      "Too many requests of this tenant at once",
      "Send fewer at a time; try again after Retry-After seconds."),
  TOO_MANY_FAILURES(
      429,
      LIMIT,
      "Too many failed attempts",
      "Correct the client or its token; try again after Retry-After seconds."),
  // Away for now.
  DATABASE_UNAVAILABLE(
      503, UNAVAILABLE, "The database is away", "Try again after Retry-After seconds."),
  POOL_EXHAUSTED(
      503, UNAVAILABLE, "All connections are busy", "Try again after Retry-After seconds."),
  DEADLINE_EXCEEDED(
      503, UNAVAILABLE, "The request took too long", "Try again after Retry-After seconds."),
  ISSUER_UNAVAILABLE(
      503,
      UNAVAILABLE,
      "The keys of the token's issuer cannot be read",
      "Try again after Retry-After seconds."),
  SHUTTING_DOWN(
      503, UNAVAILABLE, "This instance is stopping", "Try again; another one will answer."),
  CHECKOUT_REFUSED(
      503,
      UNAVAILABLE,
      "The database did not accept the tenant's transaction",
      "Try again; if it stays, the operator checks keys and clocks."),

  ISOLATION_UNPROVEN(
      503,
      UNAVAILABLE,
      "This instance does not serve",
      "Another instance may; the operator reads /admin/v1/isolation."),

  // Settings, files, ports.
  SETTING_INVALID(500, SETUP, "A setting is not usable", "Correct it and start again."),
  SECRET_UNREADABLE(
      500, SETUP, "A secret cannot be read", "See docs/architecture.md for the secrets' folder."),
  PORT_TAKEN(500, SETUP, "A port is taken", "Stop what listens there, or set TENANTRY_PORT."),
  PROVISIONING_FAILED(
      500, SETUP, "A tenant could not be made", "The operation's error says which step and why."),
  MIGRATION_REFUSED(
      500, SETUP, "The run was refused before it began", "The run's error says what to correct."),
  MIGRATION_FAILURES(
      500, SETUP, "Too many tenants failed", "See the run's results; then resume or revert it."),
  OPERATION_FAILED(
      500,
      SETUP,
      "An operation on a tenant failed",
      "Its error says which step and why; ask for it again when that is mended."),
  PURGE_RESIDUE(
      500,
      SETUP,
      "Something of a tenant is left",
      "Remove what the operation's error names, and purge the tenant again."),
  CERTIFICATE_INVALID(
      500,
      SETUP,
      "A certificate cannot be believed",
      "Get it again from the platform, and the key from its secrets' folder."),
  PLATFORM_UNSAFE(
      500,
      SETUP,
      "The platform is not safe to start",
      "Mend each finding; tenantry doctor lists them again."),
  ISOLATION_PROOF_FAILED(
      500, SETUP, "A neighbour's row was visible", "Stop using the platform and find the cause."),

  // Ours.
  STATEMENT_REFUSED(
      500,
      INTERNAL,
      "A statement that tenants may not send",
      "Report it with the request id; it may be an attack."),
  TENANT_CONTEXT_MISSING(500, INTERNAL, "No tenant in scope", "Report it with the request id."),
  TENANT_CONTEXT_BOUND(
      500, INTERNAL, "Another tenant is in scope", "Report it with the request id."),
  INTERNAL_ERROR("internal", 500, INTERNAL, "A bug of ours", "Report it with the request id.");

  private final String id;
  private final int status;
  private final ErrorCategory category;
  private final String title;
  private final String hint;

  ErrorCode(int status, ErrorCategory category, String title, String hint) {
    this(null, status, category, title, hint);
  }

  ErrorCode(@Nullable String id, int status, ErrorCategory category, String title, String hint) {
    this.id = id == null ? name().toLowerCase(Locale.ROOT) : id;
    this.status = status;
    this.category = category;
    this.title = title;
    this.hint = hint;
  }

  /** The stable code, snake_case. */
  public String id() {
    return id;
  }

  /** The HTTP status it is answered with. */
  public int status() {
    return status;
  }

  public ErrorCategory category() {
    return category;
  }

  public String title() {
    return title;
  }

  public String hint() {
    return hint;
  }

  /** Whether the same request may succeed later without a change. */
  public boolean retryable() {
    return category == UNAVAILABLE
        || category == LIMIT
        || this == CONCURRENT_UPDATE
        || this == IDEMPOTENCY_IN_PROGRESS
        || this == TENANT_NOT_READY;
  }
}
