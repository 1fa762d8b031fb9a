package io.tenantry.api.json;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** What is marked {@link Sensitive}, kept out of failures and logs. Thread-safe. */
public final class SensitiveFields {

  private static final String HIDDEN = "***";

  private SensitiveFields() {}

  /** {@code record} as a record prints itself, with stars for its sensitive values. */
  public static String print(Record record) {
    return Arrays.stream(record.getClass().getRecordComponents())
        .map(component -> component.getName() + "=" + shown(component, record))
        .collect(Collectors.joining(", ", record.getClass().getSimpleName() + "[", "]"));
  }

  /** Whether {@code failure} is about a sensitive value, or about something inside of one. */
  static boolean concerns(JacksonException failure) {
    return failure.getPath().stream()
        .anyMatch(step -> isSensitive(step.from(), step.getPropertyName()));
  }

  private static boolean isSensitive(@Nullable Object owner, @Nullable String field) {
    if (owner == null || field == null) {
      return false;
    }
    Class<?> type = owner instanceof Class<?> known ? known : owner.getClass();
    return Arrays.stream(type.getDeclaredFields())
        .anyMatch(f -> f.getName().equals(field) && f.isAnnotationPresent(Sensitive.class));
  }

  private static String shown(RecordComponent component, Record record) {
    try {
      // Records of controllers are package-private.
      component.getAccessor().setAccessible(true);
      @Nullable Object value = component.getAccessor().invoke(record);
      return component.isAnnotationPresent(Sensitive.class) && value != null
          ? HIDDEN
          : String.valueOf(value);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("While printing " + record.getClass().getName(), e);
    }
  }
}
