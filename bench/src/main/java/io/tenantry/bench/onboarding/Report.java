package io.tenantry.bench.onboarding;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The results by number of tenants, as a table and as JSON. */
final class Report {

  private final String server;
  private final int samples;
  private final Map<Integer, Map<String, Samples>> levels = new LinkedHashMap<>();

  Report(String server, int samples) {
    this.server = server;
    this.samples = samples;
  }

  void add(int tenants, Map<String, Samples> results) {
    levels.put(tenants, results);
  }

  String table() {
    StringBuilder table = new StringBuilder();
    levels.forEach(
        (tenants, results) -> {
          table.append(
              String.format(
                  Locale.ROOT,
                  "%n%d tenants %-24s %8s %9s %9s %8s%n",
                  tenants,
                  "(ms)",
                  "n",
                  "p50",
                  "p99",
                  "ratio"));
          results.forEach(
              (name, of) ->
                  table.append(
                      String.format(
                          Locale.ROOT,
                          "  %-30s %8d %9.2f %9.2f %8.2f%n",
                          name,
                          of.count(),
                          of.percentile(0.5),
                          of.percentile(0.99),
                          ratio(results, name))));
        });
    return table
        .append("ratio: p50 to that of raw DDL; of reads, p99 to that of reads alone\n")
        .toString();
  }

  void write(Path file) throws IOException {
    Files.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
    Files.writeString(file, json(), StandardCharsets.UTF_8);
  }

  private static double ratio(Map<String, Samples> results, String name) {
    return name.startsWith("read ")
        ? ratio(results, name, "read alone", 0.99)
        : ratio(results, name, "raw DDL", 0.5);
  }

  private static double ratio(
      Map<String, Samples> results, String name, String to, double percentile) {
    return Objects.requireNonNull(results.get(name)).percentile(percentile)
        / Objects.requireNonNull(results.get(to)).percentile(percentile);
  }

  private String json() {
    return levels.entrySet().stream()
        .map(level -> level(level.getKey(), level.getValue()))
        .collect(
            Collectors.joining(
                ",\n  ",
                String.format(
                    "{\"bench\":\"onboarding\",\"server\":\"%s\",\"samples\":%d,\"levels\":[\n  ",
                    server, samples),
                "\n]}\n"));
  }

  private static String level(int tenants, Map<String, Samples> results) {
    return results.entrySet().stream()
        .map(
            one ->
                String.format(
                    Locale.ROOT,
                    "{\"work\":\"%s\",\"n\":%d,\"p50Ms\":%.3f,\"p99Ms\":%.3f,\"ratio\":%.3f}",
                    one.getKey(),
                    one.getValue().count(),
                    one.getValue().percentile(0.5),
                    one.getValue().percentile(0.99),
                    ratio(results, one.getKey())))
        .collect(
            Collectors.joining(
                ",\n    ", "{\"tenants\":" + tenants + ",\"results\":[\n    ", "]}"));
  }
}
