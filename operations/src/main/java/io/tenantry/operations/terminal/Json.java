package io.tenantry.operations.terminal;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Documents for programs, indented so that people can read them too. */
public final class Json {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private Json() {}

  /**
   * Maps, lists, records and trees as JSON; times as RFC 3339. What {@link PlainText} hides can
   * only be within a string, where its way of writing it is JSON's too.
   */
  public static String text(Object document) {
    return PlainText.lines(MAPPER.writeValueAsString(document));
  }
}
