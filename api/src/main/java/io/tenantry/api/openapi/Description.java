package io.tenantry.api.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The tables of all resources. A new operation needs a line in the table of its resource, a new
 * resource a line in each of the two lists here.
 */
final class Description {

  private Description() {}

  /** A new copy of every operation's description, in the order in which they are shown. */
  static List<DescribedOperation> operations() {
    return Stream.of(
            TenantOperations.all(),
            TenantLifeOperations.all(),
            ClientOperations.all(),
            MigrationOperations.all(),
            OrderOperations.all(),
            FillOperations.all(),
            ReportOperations.all(),
            AuditOperations.all(),
            IsolationOperations.all(),
            IssuerOperations.all())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Map<String, Schema<?>>> schemas() {
    return List.of(
        TenantSchemas.all(),
        TenantLifeOperations.schemas(),
        ClientOperations.schemas(),
        MigrationOperations.schemas(),
        OrderSchemas.all(),
        FillSchemas.all(),
        ReportSchemas.all(),
        AuditOperations.schemas(),
        IsolationOperations.schemas(),
        ProblemSchemas.all(),
        IssuerOperations.schemas());
  }

  /**
   * Puts the tables in place of what was found in the controllers. An operation that has no entry
   * stays as it was found, at the end.
   */
  static void describe(OpenAPI document) {
    Paths found = document.getPaths() == null ? new Paths() : document.getPaths();
    Paths paths = new Paths();
    boolean complete = true;
    for (DescribedOperation described : operations()) {
      paths
          .computeIfAbsent(described.path(), _ -> new PathItem())
          .operation(described.method(), described.operation());
    }
    for (Map.Entry<String, PathItem> path : found.entrySet()) {
      PathItem known = paths.computeIfAbsent(path.getKey(), _ -> new PathItem());
      for (Map.Entry<PathItem.HttpMethod, Operation> operation :
          path.getValue().readOperationsMap().entrySet()) {
        if (!known.readOperationsMap().containsKey(operation.getKey())) {
          known.operation(operation.getKey(), operation.getValue());
          complete = false;
        }
      }
    }
    document.setPaths(paths);
    document.setTags(null);
    Components components = document.getComponents();
    if (complete) {
      // What was found in the controllers; the tables refer to none of it.
      components.setSchemas(null);
    }
    schemas().forEach(some -> some.forEach(components::addSchemas));
    ProblemSchemas.examples().forEach(components::addExamples);
    SharedParts.addTo(components);
  }
}
