package io.tenantry.api.openapi;

import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.media.Schema;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The forms of values, as JSON Schema has them. */
final class Forms {

  static final String UUID_PATTERN =
      "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$";
  static final String TAG_PATTERN = "^\"[0-9]{1,18}\"$";
  private static final String DECIMAL_PATTERN = "^-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?$";
  private static final String TIME_PATTERN =
      "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{6}Z$";

  private Forms() {}

  private static Schema<Object> of(String type) {
    Schema<Object> schema = new Schema<>(SpecVersion.V31);
    schema.setTypes(Set.of(type));
    return schema;
  }

  static Schema<?> string() {
    return of("string");
  }

  /** A text of 1 to {@code longest} characters. */
  static Schema<?> text(int longest) {
    return of("string").minLength(1).maxLength(longest);
  }

  static Schema<?> matching(String pattern) {
    return of("string").pattern(pattern);
  }

  /** Any decimal, as it is answered. */
  static Schema<?> decimal() {
    // Without a format: of a decimal's, generated clients make a number, and send one.
    return of("string")
        .pattern(DECIMAL_PATTERN)
        .maxLength(100)
        .description("A decimal, as text so that no caller reads it as a float.");
  }

  /** A decimal above zero. */
  static Schema<?> amount() {
    return decimal()
        .description(
            "A decimal above zero, as text: at most 20 digits before the point and 18 after it.");
  }

  static Schema<?> time() {
    return of("string")
        .format("date-time")
        .pattern(TIME_PATTERN)
        .description("A time in UTC, with microseconds.");
  }

  /** A time as it is sent, in any offset. */
  static Schema<?> moment() {
    return of("string").format("date-time");
  }

  static Schema<?> id() {
    return of("string").format("uuid").pattern(UUID_PATTERN);
  }

  static Schema<?> tag() {
    return matching(TAG_PATTERN).description("The entity tag, for If-Match.");
  }

  static Schema<?> whole(int least, int most) {
    return of("integer")
        .format("int32")
        .minimum(BigDecimal.valueOf(least))
        .maximum(BigDecimal.valueOf(most));
  }

  static Schema<?> flag() {
    return of("boolean");
  }

  static <E extends Enum<E>> Schema<?> oneOf(Class<E> type) {
    return named(Arrays.stream(type.getEnumConstants()).map(Enum::name));
  }

  static Schema<?> named(Stream<String> names) {
    Schema<Object> schema = of("string");
    schema.setEnum(names.map(Object.class::cast).toList());
    return schema;
  }

  /** A list; {@code most} null for no limit. */
  static Schema<?> list(Schema<?> items, @Nullable Integer most) {
    return of("array").items(items).maxItems(most);
  }

  static Schema<?> orNull(Schema<?> schema) {
    // In this order always: the description is compared with a file.
    schema.setTypes(new LinkedHashSet<>(List.of(schema.getTypes().iterator().next(), "null")));
    return schema;
  }

  /** Also for what is an object of its own. */
  static Schema<?> refOrNull(String name) {
    Schema<Object> schema = new Schema<>(SpecVersion.V31);
    schema.setAnyOf(List.of(ref(name), of("null")));
    return schema;
  }

  static Schema<?> ref(String name) {
    return new Schema<>(SpecVersion.V31).$ref("#/components/schemas/" + name);
  }

  /** An object with all these fields, always; answers may grow. */
  static Schema<?> answer(Map<String, Schema<?>> fields) {
    return object(fields).required(List.copyOf(fields.keySet()));
  }

  /** An object with no other fields; {@code required} those that have to be there. */
  static Schema<?> request(Map<String, Schema<?>> fields, String... required) {
    Schema<?> schema = object(fields);
    schema.setAdditionalProperties(false);
    return required.length == 0 ? schema : schema.required(List.of(required));
  }

  /** Exactly one of two schemas that have no value in common. */
  static Schema<?> either(String one, String other) {
    Schema<Object> schema = new Schema<>(SpecVersion.V31);
    schema.setOneOf(List.of(ref(one), ref(other)));
    return schema;
  }

  /** An object with any fields. */
  static Schema<?> anyObject() {
    Schema<Object> schema = of("object");
    schema.setAdditionalProperties(true);
    return schema;
  }

  /** An object with names of the caller's. */
  static Schema<?> map(Schema<?> values, Pattern names, int most) {
    Schema<Object> schema = of("object");
    schema.setAdditionalProperties(values);
    schema.setPropertyNames(matching("^" + names.pattern() + "$"));
    return schema.maxProperties(most);
  }

  private static Schema<?> object(Map<String, Schema<?>> fields) {
    Schema<Object> schema = of("object");
    fields.forEach(schema::addProperty);
    return schema;
  }

  /** Names and schemas in turn; their order is the description's. */
  static Map<String, Schema<?>> fields(Object... namesAndSchemas) {
    Map<String, Schema<?>> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndSchemas.length; i += 2) {
      fields.put((String) namesAndSchemas[i], (Schema<?>) namesAndSchemas[i + 1]);
    }
    return fields;
  }
}
