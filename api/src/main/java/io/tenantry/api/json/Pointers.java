package io.tenantry.api.json;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

/** Where in a body a failure is, as a JSON Pointer (RFC 6901). */
final class Pointers {

  private Pointers() {}

  static String of(JacksonException failure) {
    if (!failure.getPath().isEmpty()) {
      StringBuilder pointer = new StringBuilder();
      for (JacksonException.Reference step : failure.getPath()) {
        String name = step.getPropertyName();
        pointer.append('/').append(name == null ? Integer.toString(step.getIndex()) : escape(name));
      }
      return pointer.toString();
    }
    return failure.processor() instanceof JsonParser parser
        ? parser.streamReadContext().pathAsPointer().toString()
        : "";
  }

  private static String escape(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
