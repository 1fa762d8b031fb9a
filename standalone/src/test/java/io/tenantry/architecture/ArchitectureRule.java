package io.tenantry.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.stream.Stream;

/**
 * A rule about each class by itself.
 *
 * @param name also the last part of the package of its fixture
 * @param demand what every class should do, as it stands in the message
 * @param breaches what a class does against it, a sentence each; none for a class that keeps it
 */
record ArchitectureRule(String name, String demand, Breaches breaches) {

  /** The rule for the classes under {@code base}. */
  ArchRule over(Base base) {
    ArchCondition<JavaClass> condition =
        new ArchCondition<>(demand) {
          @Override
          public void check(JavaClass type, ConditionEvents events) {
            breaches
                .of(base, type)
                .forEach(breach -> events.add(SimpleConditionEvent.violated(type, breach)));
          }
        };
    return ArchRuleDefinition.classes()
        .that()
        .resideInAPackage(base.name() + "..")
        .should(condition);
  }

  @Override
  public String toString() {
    return name;
  }

  /** Finds what one class does against a rule. */
  @FunctionalInterface
  interface Breaches {
    Stream<String> of(Base base, JavaClass type);
  }
}
