package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the management port shows to Prometheus, checked line by line. */
record Scrape(Map<String, String> kinds, Map<String, Set<String>> labels, List<String> series) {

  private static final Pattern TYPE =
      Pattern.compile(
          "# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram|summary|untyped)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"(?:[^\"\\\\]|\\\\[\"\\\\n])*\",?");
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{((?:"
              + LABEL.pattern()
              + ")*)})?"
              + " (?:NaN|[+-]Inf|-?[0-9.]+(?:[eE][+-]?[0-9]+)?)");

  static Scrape of(ApiServer server) {
    String text =
        new Call(server.managementPort(), "GET", "/actuator/prometheus").send().is(200).body();
    Scrape scrape = new Scrape(new TreeMap<>(), new TreeMap<>(), text.lines().toList());
    text.lines().forEach(scrape::add);
    scrape.series().forEach(line -> assertThat(line).isNotBlank());
    return new Scrape(
        scrape.kinds(),
        scrape.labels(),
        text.lines().filter(line -> !line.startsWith("#")).toList());
  }

  private void add(String line) {
    if (line.startsWith("# HELP ")) {
      return;
    }
    Matcher type = TYPE.matcher(line);
    if (type.matches()) {
      kinds.put(type.group(1), type.group(2));
      return;
    }
    Matcher sample = SAMPLE.matcher(line);
    assertThat(sample.matches()).as(line).isTrue();
    String family = family(sample.group(1));
    Set<String> names = labels.computeIfAbsent(family, _ -> new TreeSet<>());
    String pairs = sample.group(2);
    Matcher pair = LABEL.matcher(pairs == null ? "" : pairs);
    while (pair.find()) {
      if (!pair.group(1).equals("le")) {
        names.add(pair.group(1));
      }
    }
  }

  /** The name under which the type of a sample was said. */
  private String family(String sample) {
    for (String end : List.of("_bucket", "_count", "_sum")) {
      String name = sample.substring(0, Math.max(0, sample.length() - end.length()));
      if (sample.endsWith(end) && kinds.containsKey(name)) {
        return name;
      }
    }
    assertThat(kinds).as(sample).containsKey(sample);
    return sample;
  }
}
