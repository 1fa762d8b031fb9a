package io.tenantry.operations.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a command came to. */
record Ran(int exit, String out, String err) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Runs the command line in this process. */
  static Ran command(Map<String, String> variables, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        Tenantry.commandLine(variables).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int exit = line.execute(arguments);
    return new Ran(exit, out.toString(), err.toString());
  }

  JsonNode json() {
    return JSON.readTree(out);
  }
}
