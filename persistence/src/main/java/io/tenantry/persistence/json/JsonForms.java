package io.tenantry.persistence.json;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdScalarSerializer;

/**
 * The forms of decimals and times in JSON: the same in answers and in the audit, so that the two
 * can be compared. Thread-safe.
 */
public final class JsonForms {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final JsonMapper MAPPER = JsonMapper.builder().addModule(module()).build();

  private JsonForms() {}

  /** A value, mostly a record, as JSON. */
  public static String write(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /** A new module that writes both; more may be added to it. */
  public static SimpleModule module() {
    return new SimpleModule("tenantry")
        .addSerializer(BigDecimal.class, new DecimalWriter())
        .addSerializer(Instant.class, new TimeWriter());
  }

  /** Plain notation, without the zeros that the database's scale adds. */
  public static String text(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  /** RFC 3339 in UTC, always with six digits, so that the texts sort as the times do. */
  public static String text(Instant value) {
    return TIME.format(value);
  }

  /** Decimals travel as text: a JSON number becomes a binary float in most callers' languages. */
  private static final class DecimalWriter extends StdScalarSerializer<BigDecimal> {

    DecimalWriter() {
      super(BigDecimal.class);
    }

    @Override
    public void serialize(BigDecimal value, JsonGenerator json, SerializationContext context) {
      json.writeString(text(value));
    }
  }

  private static final class TimeWriter extends StdScalarSerializer<Instant> {

    TimeWriter() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator json, SerializationContext context) {
      json.writeString(text(value));
    }
  }
}
