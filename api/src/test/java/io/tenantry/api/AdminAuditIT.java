package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Whatever an operator changes over HTTP is in the platform's audit, with who and which request.
 */
class AdminAuditIT {

  /** The changing endpoints whose events are shown here. */
  private static final Set<String> SHOWN_HERE = Set.of("PUT /admin/v1/tenants/{slug}");

  /** Endpoints whose events another test shows; name it beside the entry. */
  private static final Set<String> SHOWN_ELSEWHERE =
      Set.of(
          // ClientsIT.everyChangeIsAnEventAndNoneTellsAHash
          "POST /admin/v1/tenants/{slug}/clients",
          "POST /admin/v1/tenants/{slug}/clients/{clientId}/secret",
          "DELETE /admin/v1/tenants/{slug}/clients/{clientId}",
          // TenantLifecycleIT.everyTransitionIsOneEventInTheAudit and its neighbours, in migrations
          "DELETE /admin/v1/tenants/{slug}",
          "DELETE /admin/v1/tenants/{slug}/hold",
          "POST /admin/v1/tenants/{slug}/purge",
          "POST /admin/v1/tenants/{slug}/resume",
          "POST /admin/v1/tenants/{slug}/retry",
          "POST /admin/v1/tenants/{slug}/suspend",
          "POST /admin/v1/tenants/{slug}/undelete",
          "PUT /admin/v1/tenants/{slug}/hold",
          // MigrationsIT.aRunIsAskedForPausedResumedAndRevertedAndEachIsAnEvent
          "POST /admin/v1/migrations",
          "POST /admin/v1/migrations/{id}/pause",
          "POST /admin/v1/migrations/{id}/resume",
          "POST /admin/v1/migrations/{id}/revert");

  private final ApiServer api = ApiServer.shared();
  private final ApiServer.Platform platform = ApiServer.platform();
  private final String operator = platform.tokens().platform();

  @Test
  void everyEndpointThatChangesIsShownToBeAudited() {
    Set<String> changing = new TreeSet<>();
    api.bean(RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .keySet()
        .forEach(
            mapping -> {
              for (String path : mapping.getPatternValues()) {
                for (RequestMethod method : mapping.getMethodsCondition().getMethods()) {
                  if (path.startsWith("/admin/") && method != RequestMethod.GET) {
                    changing.add(method + " " + path);
                  }
                }
              }
            });

    assertThat(changing).isNotEmpty();
    changing.removeAll(SHOWN_HERE);
    changing.removeAll(SHOWN_ELSEWHERE);
    assertThat(changing)
        .as("show the event of each of these here, or name the test that does")
        .isEmpty();
  }

  @Test
  void makingAndChangingATenantAreEventsOfTheirRequests() throws SQLException {
    put("audited", "{\"displayName\":\"Audited\"}", "audit-1").is(202);
    put("audited", "{\"displayName\":\"Audited again\"}", "audit-2");
    put("audited", "{\"displayName\":\"Audited again\"}", "audit-3");

    assertThat(events("audit-1")).singleElement().asString().startsWith("somebody tenant.");
    assertThat(events("audit-2")).singleElement().asString().startsWith("somebody tenant.");
    assertThat(events("audit-3")).as("what changes nothing is no event").isEmpty();
  }

  @Test
  void whatIsRefusedIsNoEvent() throws SQLException {
    put("audited-not", "{\"tier\":\"NO TIER\"}", "audit-4").is(422);

    assertThat(events("audit-4")).isEmpty();
  }

  private Answer put(String slug, String json, String requestId) {
    return api.call("PUT", "/admin/v1/tenants/" + slug)
        .json(json)
        .token(operator)
        .header("X-Request-Id", requestId)
        .send();
  }

  private List<String> events(String requestId) throws SQLException {
    List<String> events = new ArrayList<>();
    try (Connection connection = platform.control().getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "select actor || ' ' || action from tenantry_control.audit_events"
                    + " where request_id = ? order by id")) {
      statement.setString(1, requestId);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          events.add(rows.getString(1));
        }
      }
    }
    return events;
  }
}
