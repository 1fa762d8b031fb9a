package io.tenantry.api.json;

import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.FieldError;
import io.tenantry.tenancy.error.TenantryException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says what is wrong with a body, where in it, and with which code of the catalogue. */
public final class JsonFailures {

  private static final Set<String> NAMES_OF_A_TENANT = Set.of("tenantId", "tenant_id", "tenant");

  private JsonFailures() {}

  /**
   * The failure of the catalogue that {@code failure} is.
   *
   * @param failure what the mapper threw; null when there was no body
   */
  public static TenantryException translate(@Nullable Throwable failure) {
    return switch (failure) {
      case UnrecognizedPropertyException unknown -> unknownField(unknown);
      case InvalidNullException absent ->
          refusal(
              ErrorCode.VALIDATION_FAILED,
              Pointers.of(absent),
              "null_refused",
              "null is not accepted; leave the field out to keep its value.");
      case MismatchedInputException trailing when isAfterTheBody(trailing) ->
          refusal(
              ErrorCode.JSON_INVALID, "", "trailing_content", "Something follows the JSON value.");
      case MismatchedInputException wrong ->
          refusal(
              ErrorCode.FIELD_TYPE_INVALID,
              Pointers.of(wrong),
              ErrorCode.FIELD_TYPE_INVALID.id(),
              FieldTypes.expectation(wrong));
      case InputCoercionException tooBig ->
          refusal(
              ErrorCode.FIELD_TYPE_INVALID,
              Pointers.of(tooBig),
              ErrorCode.FIELD_TYPE_INVALID.id(),
              "The number is out of range.");
      case StreamConstraintsException limit ->
          refusal(
              ErrorCode.JSON_INVALID,
              Pointers.of(limit),
              "limit_exceeded",
              "It is nested deeper than 32 levels, or has a number of more than 100 digits or a"
                  + " name of more than 256 characters.");
      case JacksonException duplicate when isDuplicate(duplicate) ->
          refusal(
              ErrorCode.JSON_INVALID,
              Pointers.of(duplicate),
              "duplicate_key",
              "The object has this key twice.");
      case JacksonException malformed -> malformed(malformed);
      case null -> refusal(ErrorCode.JSON_INVALID, "", "body_missing", "There is no body.");
      default -> refusal(ErrorCode.JSON_INVALID, "", "json_invalid", "The body cannot be read.");
    };
  }

  private static TenantryException unknownField(UnrecognizedPropertyException unknown) {
    String name = unknown.getPropertyName();
    return NAMES_OF_A_TENANT.contains(name)
        ? refusal(
            ErrorCode.TENANT_IN_REQUEST,
            Pointers.of(unknown),
            ErrorCode.TENANT_IN_REQUEST.id(),
            "The body names a tenant.")
        : refusal(
            ErrorCode.FIELD_UNKNOWN,
            Pointers.of(unknown),
            ErrorCode.FIELD_UNKNOWN.id(),
            "There is no field of this name.");
  }

  private static TenantryException malformed(JacksonException failure) {
    return refusal(
        ErrorCode.JSON_INVALID,
        Pointers.of(failure),
        ErrorCode.JSON_INVALID.id(),
        "It stops being JSON at line "
            + failure.getLocation().getLineNr()
            + ", column "
            + failure.getLocation().getColumnNr()
            + ".");
  }

  /** Jackson has no type of its own for this; the text is its only mark. */
  private static boolean isDuplicate(JacksonException failure) {
    return failure.getOriginalMessage().startsWith("Duplicate Object property");
  }

  private static boolean isAfterTheBody(MismatchedInputException failure) {
    if (!(failure.processor() instanceof JsonParser parser)) {
      return false;
    }
    TokenStreamContext context = parser.streamReadContext();
    while (context.getParent() != null) {
      context = context.getParent();
    }
    return context.getCurrentIndex() > 0;
  }

  private static TenantryException refusal(
      ErrorCode code, String pointer, String errorCode, String detail) {
    String where = pointer.isEmpty() ? "The body: " : pointer + ": ";
    return new TenantryException(
        code, where + detail, List.of(new FieldError(pointer, errorCode, detail)));
  }
}
