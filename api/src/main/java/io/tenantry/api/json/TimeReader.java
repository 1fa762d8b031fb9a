package io.tenantry.api.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/**
 * Times are read from RFC 3339 alone. The mapper's own reader takes numbers too, in text or not,
 * and would make seconds of what its sender meant as milliseconds.
 */
final class TimeReader extends StdScalarDeserializer<Instant> {

  private static final Pattern FORM =
      Pattern.compile(
          "\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?(?:[Zz]|[+-]\\d{2}:\\d{2})");

  TimeReader() {
    super(Instant.class);
  }

  @Override
  public @Nullable Instant deserialize(JsonParser json, DeserializationContext context) {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      return (Instant) context.handleUnexpectedToken(getValueType(context), json);
    }
    String text = json.getString();
    if (FORM.matcher(text).matches()) {
      try {
        return OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant();
      } catch (DateTimeException e) {
        // No such day or hour; refused below.
      }
    }
    return (Instant) context.handleWeirdStringValue(Instant.class, text, "no time");
  }
}
