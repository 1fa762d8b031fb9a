package io.tenantry.api.json;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.ser.std.StdScalarSerializer;

/** Decimals travel as text: a JSON number becomes a binary float in most callers' languages. */
final class DecimalText {

  private static final int LONGEST = 100;
  private static final Pattern FORM = Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?");

  private DecimalText() {}

  /** Plain notation, without the zeros that the database's scale adds. */
  static String text(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  static final class Writer extends StdScalarSerializer<BigDecimal> {

    Writer() {
      super(BigDecimal.class);
    }

    @Override
    public void serialize(BigDecimal value, JsonGenerator json, SerializationContext context) {
      json.writeString(text(value));
    }
  }

  static final class Reader extends StdScalarDeserializer<BigDecimal> {

    Reader() {
      super(BigDecimal.class);
    }

    @Override
    public @Nullable BigDecimal deserialize(JsonParser json, DeserializationContext context) {
      if (json.currentToken() != JsonToken.VALUE_STRING) {
        return (BigDecimal) context.handleUnexpectedToken(getValueType(context), json);
      }
      String text = json.getString();
      if (text.length() > LONGEST || !FORM.matcher(text).matches()) {
        return (BigDecimal) context.handleWeirdStringValue(BigDecimal.class, text, "no decimal");
      }
      return new BigDecimal(text);
    }
  }
}
