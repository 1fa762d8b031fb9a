package io.tenantry.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands in front of a PostgreSQL server on a loopback port, counts what clients send, and can take
 * the server away from them. It declines encryption, since it has to read the messages.
 *
 * <p>A message is counted before it is passed on: when a call of the driver returns, its traffic is
 * in the numbers. Safe for several threads. Only {@link #open} and {@link #close} may block, for
 * moments.
 */
public final class ProtocolProxy implements AutoCloseable {
  private static final int CONNECT_MILLIS = 5_000;
  private static final int BACKLOG = 200;

  private final ServerSocket listener;
  private final InetSocketAddress target;
  private final Gate gate = new Gate();
  private final TrafficCounter total = new TrafficCounter();
  private final List<ProxiedConnection> connections = new CopyOnWriteArrayList<>();

  private ProtocolProxy(ServerSocket listener, InetSocketAddress target) {
    this.listener = listener;
    this.target = target;
  }

  /** A proxy on a free port; the server need not be there yet. */
  public static ProtocolProxy open(String host, int port) {
    try {
      ProtocolProxy proxy =
          new ProtocolProxy(
              new ServerSocket(0, BACKLOG, InetAddress.ofLiteral("127.0.0.1")),
              new InetSocketAddress(host, port));
      Thread.ofVirtual().start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException("while opening a proxy to " + host + ":" + port, e);
    }
  }

  public String host() {
    return "127.0.0.1";
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** For this database by way of the proxy, without credentials. */
  public String jdbcUrl(String database) {
    return TestPostgres.jdbcUrl(host(), port(), database);
  }

  /** Everything since the last reset, closed connections included, in the order it came. */
  public Traffic traffic() {
    return total.snapshot();
  }

  /** The same for each connection that is open now, the oldest first. */
  public List<Traffic> connections() {
    return connections.stream().map(connection -> connection.counter().snapshot()).toList();
  }

  /** All numbers begin again; connections stay. */
  public void reset() {
    total.reset();
    connections.forEach(connection -> connection.counter().reset());
  }

  /** Closes all connections, as a broken network would; new ones are taken. */
  public void cut() {
    connections.forEach(ProxiedConnection::close);
  }

  /** Holds all messages back, both ways, and the start of new connections. */
  public void pause() {
    gate.set(false);
  }

  public void resume() {
    gate.set(true);
  }

  /** Ends all connections and takes no more. Idempotent. */
  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException("while closing a proxy", e);
    } finally {
      cut();
      resume();
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException closed) {
        // The loop's condition ends it.
      }
    }
  }

  /** Without a server behind it, the client sees its connection closed at once. */
  private void serve(Socket client) {
    try (client;
        Socket server = new Socket()) {
      server.connect(target, CONNECT_MILLIS);
      server.setTcpNoDelay(true);
      client.setTcpNoDelay(true);
      ProxiedConnection connection = new ProxiedConnection(client, server, gate, total);
      connections.add(connection);
      try {
        if (!listener.isClosed()) {
          connection.run();
        }
      } finally {
        connections.remove(connection);
      }
    } catch (IOException nobodyThere) {
      // Closing the client says so.
    }
  }
}
