package io.tenantry.operations.command;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes the commands, each with the environment that it reads its settings from. */
final class Commands implements IFactory {

  private final Map<String, String> variables;
  private final IFactory others = CommandLine.defaultFactory();

  Commands(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    if (type == DoctorCommand.class) {
      return type.cast(new DoctorCommand(variables));
    }
    if (type == ProberCommand.class) {
      return type.cast(new ProberCommand(variables));
    }
    return others.create(type);
  }
}
