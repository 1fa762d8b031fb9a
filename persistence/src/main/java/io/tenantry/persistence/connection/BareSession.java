package io.tenantry.persistence.connection;

/**
 * What a session holds between two transactions.
 *
 * @param idle whether no transaction was open on it
 * @param backend the server's process id
 * @param login as whom it connected
 * @param user as whom statements run
 * @param role what SET ROLE has left, {@code none} for nothing
 * @param register the tenant in the guard's register, empty for none
 * @param tenant what {@code app.tenant_id} says, empty for nothing
 * @param leftovers holdable cursors, channels listened to, and a temp schema, counted together
 */
public record BareSession(
    boolean idle,
    int backend,
    String login,
    String user,
    String role,
    String register,
    String tenant,
    int leftovers) {}
