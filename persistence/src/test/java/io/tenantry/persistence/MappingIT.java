package io.tenantry.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tenantry.tenancy.names.PlatformSchemas;
import io.tenantry.tenancy.names.TenantNames;
import io.tenantry.testkit.TestPostgres;
import jakarta.persistence.Entity;
import java.util.List;
import java.util.Map;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.model.naming.Identifier;
import org.hibernate.boot.model.naming.PhysicalNamingStrategySnakeCaseImpl;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.cfg.JdbcSettings;
import org.hibernate.cfg.SchemaToolingSettings;
import org.hibernate.engine.jdbc.env.spi.JdbcEnvironment;
import org.hibernate.tool.schema.Action;
import org.hibernate.tool.schema.spi.SchemaManagementException;
import org.hibernate.tool.schema.spi.SchemaManagementToolCoordinator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;

/** What is mapped is in the database, as Hibernate's own validation sees it. */
class MappingIT {

  private static final TestPlatform PLATFORM = TestPlatform.install("mapping");
  private static final String SCHEMA = TenantNames.schema(PLATFORM.tenant("mapped"));

  @Test
  void everyMappedTableAndColumnIsThereAndOfTheMappedType() {
    assertThat(entities()).hasSizeGreaterThanOrEqualTo(5);
    assertThatCode(MappingIT::validate).doesNotThrowAnyException();
  }

  @Test
  void whatIsMappedAndNotThereIsFound() throws Exception {
    try (AutoCloseable _ =
        PLATFORM.asSuperuser(
            List.of("alter table " + SCHEMA + ".desk_orders rename side to direction"),
            List.of("alter table " + SCHEMA + ".desk_orders rename direction to side"))) {
      assertThat(catchThrowable(MappingIT::validate))
          .isInstanceOf(SchemaManagementException.class)
          .hasMessageContaining("side");
    }
    try (AutoCloseable _ =
        PLATFORM.asSuperuser(
            List.of("alter table " + SCHEMA + ".desk_fills alter recorded_at type date"),
            List.of("alter table " + SCHEMA + ".desk_fills alter recorded_at type timestamptz"))) {
      assertThat(catchThrowable(MappingIT::validate))
          .isInstanceOf(SchemaManagementException.class)
          .hasMessageContaining("recorded_at");
    }
  }

  private static List<String> entities() {
    ClassPathScanningCandidateComponentProvider scan =
        new ClassPathScanningCandidateComponentProvider(false);
    scan.addIncludeFilter(new AnnotationTypeFilter(Entity.class));
    return scan.findCandidateComponents("io.tenantry.persistence").stream()
        .map(BeanDefinition::getBeanClassName)
        .map(String::valueOf)
        .sorted()
        .toList();
  }

  private static void validate() {
    TestPostgres server = TestPostgres.shared();
    StandardServiceRegistry services =
        new StandardServiceRegistryBuilder()
            .applySetting(JdbcSettings.JAKARTA_JDBC_URL, PLATFORM.address().jdbcUrl("test"))
            .applySetting(JdbcSettings.JAKARTA_JDBC_USER, server.superuser())
            .applySetting(JdbcSettings.JAKARTA_JDBC_PASSWORD, server.superuserPassword())
            .build();
    try {
      MetadataSources sources = new MetadataSources(services);
      entities().forEach(sources::addAnnotatedClassName);
      SchemaManagementToolCoordinator.process(
          sources.getMetadataBuilder().applyPhysicalNamingStrategy(new OneTenant()).build(),
          services,
          Map.of(SchemaToolingSettings.JAKARTA_HBM2DDL_DATABASE_ACTION, Action.VALIDATE),
          _ -> {});
    } finally {
      StandardServiceRegistryBuilder.destroy(services);
    }
  }

  /** Boot's own names for tables and columns; the placeholder is one tenant's schema. */
  private static final class OneTenant extends PhysicalNamingStrategySnakeCaseImpl {
    @Override
    public @Nullable Identifier toPhysicalSchemaName(
        @Nullable Identifier name, JdbcEnvironment environment) {
      return name != null && name.getText().equals(PlatformSchemas.TENANT_PLACEHOLDER)
          ? Identifier.toIdentifier(SCHEMA)
          : name;
    }
  }
}
