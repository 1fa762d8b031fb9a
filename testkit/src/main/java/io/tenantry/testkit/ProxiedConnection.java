package io.tenantry.testkit;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One client and its server connection: two threads that copy, one for each way. */
final class ProxiedConnection {
  private static final int SSL_REQUEST = 80877103;
  private static final int GSS_REQUEST = 80877104;
  private static final int BUFFER = 16 * 1024;

  private final Socket client;
  private final Socket server;
  private final Gate gate;
  private final Conversation conversation;

  ProxiedConnection(Socket client, Socket server, Gate gate, TrafficCounter total) {
    this.client = client;
    this.server = server;
    this.gate = gate;
    this.conversation = new Conversation(total);
  }

  TrafficCounter counter() {
    return conversation.counter();
  }

  /** Copies until one side ends; then both are closed. */
  void run() {
    Thread toServer = Thread.ofVirtual().start(this::copyToServer);
    copyToClient();
    close();
    join(toServer);
  }

  void close() {
    closeQuietly(client);
    closeQuietly(server);
  }

  private void copyToServer() {
    try {
      DataInputStream in = input(client);
      DataOutputStream out = output(server);
      start(in, out);
      for (int type = in.read(); type >= 0; type = in.read()) {
        byte[] body = body(in);
        gate.pass();
        conversation.client((char) type, sql((char) type, body));
        send(in, out, type, body);
      }
      out.flush();
      server.shutdownOutput();
    } catch (IOException e) {
      // The server's last words may still be on their way: the other thread closes after them.
      if (!client.isClosed()) {
        shutDown(server);
      }
    }
  }

  private void copyToClient() {
    try {
      DataInputStream in = input(server);
      DataOutputStream out = output(client);
      for (int type = in.read(); type >= 0; type = in.read()) {
        byte[] body = body(in);
        gate.pass();
        if (type == 'Z') {
          conversation.ready();
        }
        send(in, out, type, body);
      }
      out.flush();
    } catch (IOException ended) {
      // Either side may end at any time; run() closes both.
    }
  }

  /** Encryption is declined here, since encrypted messages could not be read. */
  private void start(DataInputStream in, DataOutputStream out) throws IOException {
    while (true) {
      byte[] body = body(in);
      int code = code(body);
      gate.pass();
      if (code == SSL_REQUEST || code == GSS_REQUEST) {
        client.getOutputStream().write('N');
        continue;
      }
      out.writeInt(body.length + Integer.BYTES);
      out.write(body);
      out.flush();
      return;
    }
  }

  private static int code(byte[] body) throws IOException {
    if (body.length < Integer.BYTES) {
      throw new IOException("not a start of a connection");
    }
    return ByteBuffer.wrap(body).getInt();
  }

  private static byte[] body(DataInputStream in) throws IOException {
    int length = in.readInt() - Integer.BYTES;
    if (length < 0) {
      throw new IOException("a message of negative length");
    }
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException();
    }
    return body;
  }

  /** Flushes only when nothing more is at hand, so that what came together leaves together. */
  private static void send(DataInputStream in, DataOutputStream out, int type, byte[] body)
      throws IOException {
    out.writeByte(type);
    out.writeInt(body.length + Integer.BYTES);
    out.write(body);
    if (in.available() == 0) {
      out.flush();
    }
  }

  private static @Nullable String sql(char type, byte[] body) {
    return switch (type) {
      case 'Q' -> text(body, 0);
      case 'P' -> text(body, end(body, 0) + 1);
      default -> null;
    };
  }

  private static String text(byte[] body, int from) {
    return new String(
        Arrays.copyOfRange(body, Math.min(from, body.length), end(body, from)),
        StandardCharsets.UTF_8);
  }

  private static int end(byte[] body, int from) {
    int end = Math.min(from, body.length);
    while (end < body.length && body[end] != 0) {
      end++;
    }
    return end;
  }

  private static DataInputStream input(Socket socket) throws IOException {
    return new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
  }

  private static DataOutputStream output(Socket socket) throws IOException {
    return new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), BUFFER));
  }

  private static void shutDown(Socket socket) {
    try {
      socket.shutdownOutput();
    } catch (IOException closedAlready) {
      closeQuietly(socket);
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException nothingMoreToDo) {
      // It was ours to throw away.
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
