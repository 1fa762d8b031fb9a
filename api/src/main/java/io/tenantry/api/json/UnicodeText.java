package io.tenantry.api.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/**
 * Reads text that is text: JSON can escape half of a surrogate pair, which has no form in UTF-8 and
 * so could not be stored and read back byte for byte.
 */
final class UnicodeText {

  private UnicodeText() {}

  static boolean hasLoneSurrogate(String text) {
    return text.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  static final class Reader extends StdScalarDeserializer<String> {

    Reader() {
      super(String.class);
    }

    @Override
    public @Nullable String deserialize(JsonParser json, DeserializationContext context) {
      if (json.currentToken() != JsonToken.VALUE_STRING) {
        return (String) context.handleUnexpectedToken(getValueType(context), json);
      }
      String text = json.getString();
      return hasLoneSurrogate(text)
          ? (String) context.handleWeirdStringValue(String.class, text, "not Unicode")
          : text;
    }
  }
}
