package io.tenantry.standalone.changes;

import io.tenantry.migrations.rules.Mapping;
import io.tenantry.persistence.PersistenceConfiguration;
import io.tenantry.tenancy.names.PlatformSchemas;
import jakarta.persistence.Entity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.model.naming.Identifier;
import org.hibernate.boot.model.naming.PhysicalNamingStrategySnakeCaseImpl;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.engine.jdbc.env.spi.JdbcEnvironment;
import org.hibernate.mapping.Column;
import org.hibernate.mapping.Table;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.hibernate.SpringImplicitNamingStrategy;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/** The tables that entities are mapped to, as Hibernate knows them. Immutable. */
final class MappedTables {

  private static final Map<String, Object> WITHOUT_DATABASE =
      Map.of(
          "hibernate.boot.allow_jdbc_metadata_access",
          false,
          "jakarta.persistence.database-product-name",
          "PostgreSQL",
          "jakarta.persistence.database-major-version",
          15);

  private final List<Class<?>> entities;

  MappedTables(List<Class<?>> entities) {
    this.entities = List.copyOf(entities);
  }

  /** Of what serves requests. */
  static MappedTables ofProduct() {
    ClassPathScanningCandidateComponentProvider scanner =
        new ClassPathScanningCandidateComponentProvider(false);
    scanner.addIncludeFilter(new AnnotationTypeFilter(Entity.class));
    List<Class<?>> entities = new ArrayList<>();
    scanner
        .findCandidateComponents(PersistenceConfiguration.class.getPackageName())
        .forEach(
            found ->
                entities.add(
                    ClassUtils.resolveClassName(String.valueOf(found.getBeanClassName()), null)));
    return new MappedTables(entities);
  }

  /** Tables of a tenant's schema without it, shared ones with theirs. */
  Mapping mapping() {
    SortedSet<String> columns = new TreeSet<>();
    try (StandardServiceRegistry registry =
        new StandardServiceRegistryBuilder().applySettings(WITHOUT_DATABASE).build()) {
      for (Table table : metadata(registry).collectTableMappings()) {
        String schema = table.getSchema() == null ? "" : table.getSchema() + ".";
        for (Column column : table.getColumns()) {
          String name = schema + table.getName() + "." + column.getName();
          columns.add(name.toLowerCase(Locale.ROOT));
        }
      }
    }
    return new Mapping(columns);
  }

  /** With the names that the product gives, but for the schema of a tenant, which is left out. */
  Metadata metadata(StandardServiceRegistry registry) {
    MetadataSources sources = new MetadataSources(registry);
    entities.forEach(sources::addAnnotatedClass);
    return sources
        .getMetadataBuilder()
        .applyImplicitNamingStrategy(new SpringImplicitNamingStrategy())
        .applyPhysicalNamingStrategy(new WithoutTenantSchema())
        .build();
  }

  private static final class WithoutTenantSchema extends PhysicalNamingStrategySnakeCaseImpl {
    @Override
    public @Nullable Identifier toPhysicalSchemaName(
        @Nullable Identifier name, JdbcEnvironment environment) {
      boolean tenants = name != null && name.getText().equals(PlatformSchemas.TENANT_PLACEHOLDER);
      return tenants ? null : name;
    }
  }
}
