package io.tenantry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.DeserializationFeature;
import io.tenantry.contract.client.ApiClient;
import io.tenantry.contract.client.ApiException;
import io.tenantry.contract.client.ApiResponse;
import io.tenantry.contract.client.api.AuditApi;
import io.tenantry.contract.client.api.ClientsApi;
import io.tenantry.contract.client.api.OrdersApi;
import io.tenantry.contract.client.api.PlatformApi;
import io.tenantry.contract.client.api.ReportsApi;
import io.tenantry.contract.client.api.TenantApi;
import io.tenantry.contract.client.model.AuditAction;
import io.tenantry.contract.client.model.AuditEvent;
import io.tenantry.contract.client.model.Client;
import io.tenantry.contract.client.model.ClientRequest;
import io.tenantry.contract.client.model.ErrorCode;
import io.tenantry.contract.client.model.Fill;
import io.tenantry.contract.client.model.FillBatchRequest;
import io.tenantry.contract.client.model.FillRequest;
import io.tenantry.contract.client.model.FillsAnswer;
import io.tenantry.contract.client.model.FillsRequest;
import io.tenantry.contract.client.model.Operation;
import io.tenantry.contract.client.model.OperationState;
import io.tenantry.contract.client.model.Order;
import io.tenantry.contract.client.model.OrderPage;
import io.tenantry.contract.client.model.OrderRequest;
import io.tenantry.contract.client.model.OrderSide;
import io.tenantry.contract.client.model.OrderStatus;
import io.tenantry.contract.client.model.OrderType;
import io.tenantry.contract.client.model.Problem;
import io.tenantry.contract.client.model.Report;
import io.tenantry.contract.client.model.ReportPatch;
import io.tenantry.contract.client.model.ReportRequest;
import io.tenantry.contract.client.model.ReportStatus;
import io.tenantry.contract.client.model.Tenant;
import io.tenantry.contract.client.model.TenantPut;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the generated client is told by the description is enough to work with the system. */
class GeneratedClientIT {

  @TempDir private static Path temp;
  private static RunningSystem system;
  private static ApiClient acme;
  private static ApiClient globex;
  private static ApiClient platform;

  @BeforeAll
  static void start() throws Exception {
    system = RunningSystem.start(temp.resolve("home"));
    acme = client("acme", system.secret("acme"));
    globex = client("globex", system.secret("globex"));
    platform = client("platform", system.secret("platform"));
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (system != null) {
      system.close();
    }
  }

  @Test
  void anOrderIsPlacedAndReadAndIsNotThereForAnotherTenant() throws ApiException {
    OrdersApi orders = new OrdersApi(acme);
    Order placed = orders.placeOrder(limit("GEN"), null, null);

    Order read = orders.readOrder(placed.getId(), null, null);

    assertThat(read).isEqualTo(placed);
    assertThat(read.getQuantity()).isEqualTo("1.5");
    assertThat(read.getStatus()).isEqualTo(OrderStatus.NEW);
    assertRefused(
        404,
        ErrorCode.NOT_FOUND,
        () -> new OrdersApi(globex).readOrder(placed.getId(), null, null));
  }

  @Test
  void aRequestThatIsSentAgainWithItsKeyIsCarriedOutOnce() throws ApiException {
    OrdersApi orders = new OrdersApi(acme);
    String key = UUID.randomUUID().toString();

    Order first = orders.placeOrder(limit("ONCE"), null, key);

    assertThat(orders.placeOrder(limit("ONCE"), null, key)).isEqualTo(first);
    assertThat(orders.listOrders(null, "ONCE", null, null, null, null, null).getItems())
        .containsExactly(first);
  }

  @Test
  void aListIsReadPageByPage() throws ApiException {
    OrdersApi orders = new OrdersApi(acme);
    Set<UUID> placed = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      placed.add(orders.placeOrder(limit("PAGES"), null, null).getId());
    }
    Set<UUID> listed = new HashSet<>();
    String cursor = null;
    int pages = 0;
    do {
      OrderPage page = orders.listOrders(null, "PAGES", null, null, null, 2, cursor);
      page.getItems().forEach(order -> listed.add(order.getId()));
      cursor = page.getNextCursor();
      pages++;
    } while (cursor != null && pages < 10);

    assertThat(pages).isEqualTo(3);
    assertThat(listed).isEqualTo(placed);
  }

  @Test
  void fillsComeOneByOneAndInBatches() throws ApiException {
    OrdersApi orders = new OrdersApi(acme);
    UUID order = orders.placeOrder(limit("FILLED"), null, null).getId();

    FillsAnswer one = orders.recordFills(order, new FillsRequest(fill("1.0")), null, null);
    FillsAnswer two =
        orders.recordFills(
            order,
            new FillsRequest(new FillBatchRequest().items(List.of(fill("0.2"), fill("0.3")))),
            null,
            null);

    assertThat(one.getFill().getOrderId()).isEqualTo(order);
    assertThat(two.getFillBatch().getItems()).extracting(Fill::getQuantity).contains("0.2", "0.3");
    assertThat(orders.listFills(order, null, null, null).getItems()).hasSize(3);
    Order filled = orders.readOrder(order, null, null);
    assertThat(filled.getStatus()).isEqualTo(OrderStatus.FILLED);
    assertThat(filled.getFilledQuantity()).isEqualTo("1.5");
    assertRefused(
        409,
        ErrorCode.ORDER_OVERFILLED,
        () -> orders.recordFills(order, new FillsRequest(fill("1")), null, null));
  }

  @Test
  void aReportIsFiledAndChangedAndDeletedByItsVersion() throws ApiException {
    ReportsApi reports = new ReportsApi(acme);
    ApiResponse<Report> filed =
        reports.fileReportWithHttpInfo(
            new ReportRequest().title("Generated").body("Quiet."), null, null);
    UUID id = filed.getData().getId();
    String tag = filed.getHeaders().get("etag").getFirst();
    ReportPatch publish = new ReportPatch().status(ReportStatus.PUBLISHED);

    ApiResponse<Report> changed = reports.changeReportWithHttpInfo(id, tag, publish, null);

    assertThat(changed.getData().getStatus()).isEqualTo(ReportStatus.PUBLISHED);
    assertRefused(412, ErrorCode.PRECONDITION_FAILED, () -> reports.deleteReport(id, tag, null));
    reports.deleteReport(id, changed.getHeaders().get("etag").getFirst(), null);
    assertRefused(404, ErrorCode.NOT_FOUND, () -> reports.readReport(id, null, null));
  }

  @Test
  void whatWasDoneIsInTheAudit() throws ApiException {
    UUID order = new OrdersApi(acme).placeOrder(limit("AUDIT"), "generated.1", null).getId();

    List<AuditEvent> events =
        new AuditApi(acme)
            .listAuditEvents(null, null, null, null, null, AuditAction.ORDER_PLACE, order)
            .getItems();

    assertThat(events).hasSize(1);
    assertThat(events.getFirst().getRequestId()).isEqualTo("generated.1");
    assertThat(events.getFirst().getBefore()).isNull();
    assertThat(events.getFirst().getAfter()).containsEntry("symbol", "AUDIT");
  }

  @Test
  void aTenantIsMadeAndGetsAClientThatWorksUntilItIsRevoked() throws Exception {
    PlatformApi tenants = new PlatformApi(platform);
    ApiResponse<Tenant> put =
        tenants.putTenantWithHttpInfo(
            "generated", new TenantPut().displayName("Generated"), null, null, null);
    assertThat(put.getStatusCode()).isEqualTo(202);
    String location = put.getHeaders().get("location").getFirst();
    UUID operation = UUID.fromString(location.substring(location.lastIndexOf('/') + 1));
    Operation done = tenants.readOperation(operation, null, "60s");
    assertThat(done.getState()).isEqualTo(OperationState.SUCCEEDED);
    ClientsApi clients = new ClientsApi(platform);

    Client made = clients.createClient("generated", null, null, new ClientRequest());
    ApiClient own = client(made.getClientId(), made.getSecret());

    // Every instance learns of a new tenant within seconds, and of its state; until then it says
    // tenant_unknown or tenant_not_ready.
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptionsMatching(
            e -> e instanceof ApiException a && (a.getCode() == 403 || a.getCode() == 409))
        .untilAsserted(
            () ->
                assertThat(new TenantApi(own).readOwnTenant(null).getDisplayName())
                    .isEqualTo("Generated"));
    assertThat(clients.readClient("generated", made.getClientId(), null).getSecret()).isNull();
    assertThat(
            new AuditApi(platform)
                .listPlatformAuditEvents(null, null, null, null, null, "client.create", "generated")
                .getItems())
        .hasSize(1);
    clients.revokeClient("generated", made.getClientId(), null);
    assertThat(system.ask(made.getClientId(), made.getSecret()).statusCode()).isEqualTo(401);
  }

  private static ApiClient client(String id, String secret) throws Exception {
    String token = system.token(id, secret);
    ApiClient client = new ApiClient();
    // Without it the generated code takes a batch of fills for a fill as well.
    client.setObjectMapper(
        client.getObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES));
    client.updateBaseUri(system.uri().toString());
    client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + token));
    return client;
  }

  private static OrderRequest limit(String symbol) {
    return new OrderRequest()
        .symbol(symbol)
        .side(OrderSide.BUY)
        .type(OrderType.LIMIT)
        .quantity("1.5")
        .limitPrice("25000.25");
  }

  private static FillRequest fill(String quantity) {
    return new FillRequest()
        .venueFillId(UUID.randomUUID().toString())
        .price("25000")
        .quantity(quantity)
        .filledAt(OffsetDateTime.parse("2026-01-31T09:31:00Z"));
  }

  private static void assertRefused(int status, ErrorCode code, ThrowingCallable call)
      throws ApiException {
    ApiException refusal = catchThrowableOfType(ApiException.class, call);
    assertThat(refusal.getCode()).as(refusal.getResponseBody()).isEqualTo(status);
    Problem problem;
    try {
      problem = acme.getObjectMapper().readValue(refusal.getResponseBody(), Problem.class);
    } catch (IOException e) {
      throw new AssertionError(refusal.getResponseBody(), e);
    }
    assertThat(problem.getCode()).isEqualTo(code);
  }
}
