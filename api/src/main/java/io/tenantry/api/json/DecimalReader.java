package io.tenantry.api.json;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/** Decimals are read from text alone: a JSON number was a binary float in its sender's language. */
final class DecimalReader extends StdScalarDeserializer<BigDecimal> {

  private static final int LONGEST = 100;
  private static final Pattern FORM = Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?");

  DecimalReader() {
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
