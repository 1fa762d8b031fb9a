package io.tenantry.api;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Publishes an issuer's keys, as long as it is there. */
public final class KeyServer implements AutoCloseable {

  private final HttpServer server;
  private final AtomicInteger asked = new AtomicInteger();
  private volatile List<JWK> keys;

  public KeyServer(JWK... keys) {
    this.keys = List.of(keys);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/jwks",
        exchange -> {
          asked.incrementAndGet();
          byte[] body = new JWKSet(this.keys).toString(true).getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.createContext(
        "/elsewhere",
        exchange -> {
          exchange.getResponseHeaders().set("Location", address());
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    server.start();
  }

  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/jwks";
  }

  /** An address that sends its callers on to {@link #address}. */
  public String redirect() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/elsewhere";
  }

  public void publish(JWK... others) {
    keys = List.of(others);
  }

  /** How often the keys were read. */
  public int asked() {
    return asked.get();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
