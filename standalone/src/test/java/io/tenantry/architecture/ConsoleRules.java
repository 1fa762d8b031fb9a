package io.tenantry.architecture;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** Only commands speak to the terminal; everything else logs. */
final class ConsoleRules {

  private static final Set<String> COMMAND_LINE = Set.of("standalone", "operations");

  private ConsoleRules() {}

  static List<ArchitectureRule> all() {
    return List.of(
        new ArchitectureRule(
            "console", "leave the terminal to commands", ConsoleRules::speaksToTheTerminal));
  }

  private static Stream<String> speaksToTheTerminal(Base base, JavaClass type) {
    boolean command = base.in(type, COMMAND_LINE) && isCommand(type);
    return command ? Stream.empty() : Uses.calls(type, ConsoleRules::isTerminal);
  }

  /** A command, or a class inside one. */
  private static boolean isCommand(JavaClass type) {
    return type.isAnnotatedWith(Command.class)
        || type.getEnclosingClass().map(ConsoleRules::isCommand).orElse(false);
  }

  private static boolean isTerminal(JavaAccess<?> access) {
    String name = access.getName();
    JavaClass owner = access.getTargetOwner();
    return (owner.isEquivalentTo(System.class) && (name.equals("out") || name.equals("err")))
        || (name.equals("printStackTrace") && owner.isAssignableTo(Throwable.class));
  }
}
