package io.tenantry.architecture;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every exemption from a rule, with its reason: the one place to read who may do what. */
final class Exemptions {

  /** Entering a tenant. */
  static final Door TENANT_CONTEXT =
      new Door(
          "tenancy.TenantContext",
          Set.of("call", "run"),
          List.of(
              new Exemption("tenancy.TenantContext", "run is call without a result"),
              new Exemption(
                  "api.tenant.TenantGate",
                  "enters the tenant of the verified token, for one request"),
              new Exemption(
                  "persistence.connection.StatementGuardCheck",
                  "enters nobody's tenant, to hand the guard texts that it has to refuse"),
              new Exemption(
                  "api.idempotency.KeySweep",
                  "enters each tenant whose data are in place, to delete its expired keys"),
              new Exemption(
                  "persistence.prober",
                  "enters two tenants of the platform's own, and on demand one, to see that each"
                      + " sees its own rows alone")));

  /** Setting the time by which a request must be answered. */
  static final Door REQUEST_DEADLINE =
      new Door(
          "tenancy.RequestDeadline",
          Set.of("call"),
          List.of(
              new Exemption(
                  "api.http.DeadlineFilter", "a request's time runs from where it comes in"),
              new Exemption(
                  "persistence.prober",
                  "ends a look by itself, and lets statements run out of it")));

  /** A connection of the pool before any tenant is entered on it. */
  static final Door SERVING_POOL =
      new Door(
          "persistence.connection.ServingPool",
          Set.of("borrow"),
          List.of(
              new Exemption(
                  "persistence.connection.FencedConnection",
                  "enters the tenant before anything else is said on it"),
              new Exemption(
                  "persistence.connection.SharedBackends",
                  "has the tenants of a proof enter it one after another, by the fence"),
              new Exemption(
                  "persistence.connection.DatabaseProbe",
                  "asks only whether the connection is alive; runs no SQL of its own"),
              new Exemption(
                  "persistence.connection.EntryProof",
                  "enters a tenant to see that it can, and reads no row")));

  /** The proof with which the database lets a transaction into a tenant. */
  static final Door CAPABILITY =
      new Door(
          "tenancy.capability.CapabilitySigner",
          Set.of("sign"),
          List.of(
              new Exemption(
                  "persistence.connection.TenantCheckout", "the way in for what serves requests"),
              new Exemption(
                  "control.FencedTransaction",
                  "the way in for plain JDBC: migrations and operations")));

  /** The part of a tenant's id that stands in names. */
  static final Door DERIVED_NAMES =
      new Door(
          "tenancy.TenantId",
          Set.of("hex"),
          List.of(
              new Exemption("tenancy.names", "derives every name that follows from an id"),
              new Exemption("tenancy.capability", "signs the id in the form the register keeps")));

  /** All doors, each under the name of its rule. */
  static final Map<String, Door> DOORS =
      Map.of(
          "context", TENANT_CONTEXT,
          "deadline", REQUEST_DEADLINE,
          "pool", SERVING_POOL,
          "capability", CAPABILITY,
          "names", DERIVED_NAMES);

  /** Who handles connections in what serves requests. */
  static final List<Exemption> CONNECTIONS =
      List.of(
          new Exemption(
              "persistence.connection", "holds the pool and fences every connection that leaves"),
          new Exemption(
              "persistence.prober", "looks at a connection from inside tenants and in between"),
          new Exemption(
              "api.platform.ControlPool",
              "a pool for the platform's own tables; its login is a member of no tenant role"),
          new Exemption(
              "api.platform.PlatformConfiguration",
              "hands that pool to the stores of control, and to nothing else"));

  private Exemptions() {}
}
