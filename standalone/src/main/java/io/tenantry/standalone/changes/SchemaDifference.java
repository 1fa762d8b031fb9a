package io.tenantry.standalone.changes;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.tool.schema.spi.DelayedDropRegistryNotAvailableImpl;
import org.hibernate.tool.schema.spi.SchemaManagementToolCoordinator;

/**
 * What a migrated database lacks of what is mapped, as statements. Hibernate works it out; the
 * types of columns that are there are left to the changesets, since Hibernate holds text for
 * varchar and knows no precision.
 *
 * @param statements without the semicolon, names of a tenant's tables unqualified
 */
record SchemaDifference(List<String> statements) {

  private static final String OTHER_TYPE = "set data type";

  SchemaDifference {
    statements = List.copyOf(statements);
  }

  /**
   * Asks the database, and changes nothing.
   *
   * @param url with a tenant's schema as {@code currentSchema}
   */
  static SchemaDifference between(MappedTables mapped, String url, String user, String password) {
    StringWriter script = new StringWriter();
    Map<String, Object> settings = new HashMap<>();
    settings.put("jakarta.persistence.jdbc.url", url);
    settings.put("jakarta.persistence.jdbc.user", user);
    settings.put("jakarta.persistence.jdbc.password", password);
    settings.put("jakarta.persistence.schema-generation.scripts.action", "update");
    settings.put("jakarta.persistence.schema-generation.scripts.create-target", script);
    settings.put("hibernate.hbm2ddl.delimiter", ";");
    settings.put("hibernate.connection.pool_size", 1);
    try (StandardServiceRegistry registry =
        new StandardServiceRegistryBuilder().applySettings(settings).build()) {
      Metadata metadata = mapped.metadata(registry);
      SchemaManagementToolCoordinator.process(
          metadata, registry, settings, DelayedDropRegistryNotAvailableImpl.INSTANCE);
    }
    return new SchemaDifference(statements(script.toString()));
  }

  /** Hibernate writes a statement a line. */
  private static List<String> statements(String script) {
    List<String> statements = new ArrayList<>();
    for (String line : script.split(";\\s*", -1)) {
      String statement = line.strip();
      if (!statement.isEmpty() && !statement.contains(OTHER_TYPE)) {
        statements.add(statement);
      }
    }
    return statements;
  }
}
