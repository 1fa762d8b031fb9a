package io.tenantry.bench.onboarding;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The statements of the tenant tree without Liquibase: a text for each of its files, in order.
 *
 * @param files what each says, its names unqualified
 */
record TenantText(List<String> files) {

  private static final Pattern INCLUDED = Pattern.compile("<include file=\"([^\"]+)\"");

  /** As Liquibase makes it; the first file of the tree changes it. */
  private static final String HISTORY =
      """
      create table databasechangelog (id varchar(255) not null, author varchar(255) not null,
        filename varchar(255) not null, dateexecuted timestamp not null,
        orderexecuted int not null, exectype varchar(10) not null, md5sum varchar(35),
        description varchar(255), comments varchar(255), tag varchar(255),
        liquibase varchar(20), contexts varchar(255), labels varchar(255),
        deployment_id varchar(10));
      """;

  static TenantText read() throws IOException {
    List<String> files = new ArrayList<>(List.of(HISTORY));
    Matcher included = INCLUDED.matcher(resource("db/tenant.xml"));
    while (included.find()) {
      files.add(
          resource("db/" + included.group(1))
              .lines()
              .filter(line -> !line.matches("--(liquibase|changeset|comment|rollback).*"))
              .collect(Collectors.joining("\n", "", "\n")));
    }
    return new TenantText(List.copyOf(files));
  }

  String whole() {
    return String.join("", files);
  }

  /** As numbered files, for Flyway. */
  void writeTo(Path folder) throws IOException {
    for (int i = 0; i < files.size(); i++) {
      Files.writeString(
          folder.resolve("V%04d__tenant.sql".formatted(i + 1)),
          files.get(i),
          StandardCharsets.UTF_8);
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = TenantText.class.getClassLoader().getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("There is no " + name + " on the class path.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
