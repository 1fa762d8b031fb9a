package io.tenantry.tenancy.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An expected failure, with its code from the catalogue. The detail is written for the caller: it
 * names the value at fault, and never SQL, a class, a host or another tenant.
 */
public class TenantryException extends RuntimeException {

  private final ErrorCode code;
  private final transient List<FieldError> errors;

  public TenantryException(ErrorCode code, String detail) {
    this(code, detail, List.of(), null);
  }

  public TenantryException(ErrorCode code, String detail, @Nullable Throwable cause) {
    this(code, detail, List.of(), cause);
  }

  public TenantryException(ErrorCode code, String detail, List<FieldError> errors) {
    this(code, detail, errors, null);
  }

  private TenantryException(
      ErrorCode code, String detail, List<FieldError> errors, @Nullable Throwable cause) {
    super(detail, cause);
    this.code = code;
    this.errors = List.copyOf(errors);
  }

  public ErrorCode code() {
    return code;
  }

  /** What to say to the caller; never null. */
  public String detail() {
    return String.valueOf(getMessage());
  }

  /** The values at fault; empty unless the request's fields are. */
  public List<FieldError> errors() {
    return errors;
  }
}
