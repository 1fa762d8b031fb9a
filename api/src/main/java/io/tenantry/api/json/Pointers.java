package io.tenantry.api.json;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DatabindException;

/** Where in a body a failure is, as a JSON Pointer (RFC 6901). */
final class Pointers {

  private Pointers() {}

  static String of(JacksonException failure) {
    // What the parser refuses, it stands at; the path that databind adds ends further out.
    if (!(failure instanceof DatabindException)
        && failure.processor() instanceof JsonParser parser) {
      return parser.streamReadContext().pathAsPointer().toString();
    }
    StringBuilder pointer = new StringBuilder();
    for (JacksonException.Reference step : failure.getPath()) {
      String name = step.getPropertyName();
      pointer.append('/').append(name == null ? Integer.toString(step.getIndex()) : escape(name));
    }
    return pointer.toString();
  }

  private static String escape(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
