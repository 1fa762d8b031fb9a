package io.tenantry.api.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tenantry.tenancy.error.TenantryException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;

class SensitiveTest {

  private static final String VALUE = "hunter2";

  private enum Kind {
    ONE
  }

  private record Nested(@Nullable UUID id) {}

  private record Plain(@Nullable UUID id, @Nullable Kind kind) {}

  private record Marked(
      @Sensitive @Nullable UUID id,
      @Sensitive @Nullable Kind kind,
      @Sensitive @Nullable List<Nested> nested,
      @Nullable String name) {

    @Override
    public String toString() {
      return SensitiveFields.print(this);
    }
  }

  @Test
  void anUnmarkedValueIsQuotedSoThatTheTestBelowCanFail() {
    assertThat(failure("{\"kind\":\"" + VALUE + "\"}", Plain.class).detail()).contains(VALUE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"kind\":\"hunter2\"}",
        "{\"id\":\"hunter2\"}",
        "{\"nested\":[{\"id\":\"hunter2\"}]}",
        "{\"nested\":\"hunter2\"}",
        "{\"id\":{\"a\":\"hunter2\"}}",
        "{\"id\":\"hunter2"
      })
  void aMarkedValueIsNeverQuoted(String json) {
    TenantryException failure = failure(json, Marked.class);

    assertThat(failure.detail()).doesNotContain(VALUE);
    assertThat(failure.errors().toString()).doesNotContain(VALUE);
    assertThat(String.valueOf(failure.getMessage())).doesNotContain(VALUE);
  }

  @Test
  void aRecordPrintsItselfWithoutIt() {
    UUID id = UUID.randomUUID();

    assertThat(new Marked(id, null, null, "n").toString())
        .isEqualTo("Marked[id=***, kind=null, nested=null, name=n]");
  }

  @Test
  void everyRecordWithSuchAFieldPrintsItselfSo() throws Exception {
    ClassPathScanningCandidateComponentProvider scanner =
        new ClassPathScanningCandidateComponentProvider(false) {
          @Override
          protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
            return true;
          }
        };
    scanner.addIncludeFilter(new AssignableTypeFilter(Record.class));
    int found = 0;
    for (var candidate : scanner.findCandidateComponents("io.tenantry.api")) {
      Class<?> type = Class.forName(candidate.getBeanClassName());
      for (var component : type.getRecordComponents()) {
        if (component.isAnnotationPresent(Sensitive.class)) {
          found++;
          // The compiler's own toString is final in what it shows; only a written one differs.
          assertThat(source(type)).as(type.getName()).contains("***");
        }
      }
    }
    assertThat(found).isPositive();
  }

  /** An instance without values would show none; the text of one with values does. */
  private static String source(Class<?> type) throws Exception {
    var components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    @Nullable Object[] values = new @Nullable Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = types[i] == String.class ? VALUE : types[i] == UUID.class ? new UUID(1, 2) : null;
    }
    var constructor = type.getDeclaredConstructor(types);
    constructor.setAccessible(true);
    return String.valueOf(constructor.newInstance(values));
  }

  private static TenantryException failure(String json, Class<?> type) {
    Throwable thrown = catchThrowable(() -> ApiJson.mapper().readValue(json, type));
    return JsonFailures.translate(thrown);
  }
}
