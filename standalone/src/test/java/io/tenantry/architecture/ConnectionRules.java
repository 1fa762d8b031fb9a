package io.tenantry.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import jakarta.persistence.Entity;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.CommonDataSource;

/** One door to connections in what serves requests, and no SQL at all where HTTP is spoken. */
final class ConnectionRules {

  private static final Set<String> SERVING = Set.of("persistence", "api");

  private static final List<String> CONNECTION_PACKAGES =
      List.of(
          "com.zaxxer.hikari",
          "org.springframework.boot.jdbc",
          "org.springframework.jdbc.datasource");

  private static final List<String> SQL_PACKAGES =
      List.of(
          "java.sql",
          "javax.sql",
          "jakarta.persistence",
          "org.hibernate",
          "org.springframework.jdbc",
          "com.zaxxer.hikari",
          "org.postgresql");

  private ConnectionRules() {}

  static List<ArchitectureRule> all() {
    return List.of(
        new ArchitectureRule(
            "connections",
            "leave connections to persistence.connection where it serves requests",
            ConnectionRules::connections),
        new ArchitectureRule(
            "web",
            "know neither JDBC nor JPA nor an entity where it is in api",
            ConnectionRules::web));
  }

  private static Stream<String> connections(Base base, JavaClass type) {
    boolean free =
        !base.in(type, SERVING) || Exemption.anyCovers(Exemptions.CONNECTIONS, base, type);
    return free ? Stream.empty() : Uses.handled(type, ConnectionRules::isConnection);
  }

  private static boolean isConnection(JavaClass other) {
    return other.isAssignableTo(Connection.class)
        || other.isAssignableTo(Driver.class)
        || other.isAssignableTo(DriverManager.class)
        || other.isAssignableTo(CommonDataSource.class)
        || isDriver(other)
        || CONNECTION_PACKAGES.stream().anyMatch(each -> Uses.inPackage(other, each));
  }

  /** The driver itself; its exceptions are for whoever translates them. */
  private static boolean isDriver(JavaClass other) {
    return Uses.inPackage(other, "org.postgresql") && !Uses.inPackage(other, "org.postgresql.util");
  }

  private static Stream<String> web(Base base, JavaClass type) {
    boolean free =
        !base.module(type).equals("api") || Exemption.anyCovers(Exemptions.CONNECTIONS, base, type);
    return free ? Stream.empty() : Uses.handled(type, ConnectionRules::isSql);
  }

  private static boolean isSql(JavaClass other) {
    return other.isAnnotatedWith(Entity.class)
        || SQL_PACKAGES.stream().anyMatch(each -> Uses.inPackage(other, each));
  }
}
