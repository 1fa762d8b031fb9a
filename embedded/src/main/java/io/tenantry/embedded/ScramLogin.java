package io.tenantry.embedded;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Logs in over the wire and tells how the server took it: the few messages of the protocol that are
 * needed for that, so that a driver is not.
 */
final class ScramLogin {
  private static final int PROTOCOL = 3 << 16;
  private static final int OK = 0;
  private static final int SASL = 10;
  private static final int SASL_CONTINUE = 11;
  private static final int SASL_FINAL = 12;
  private static final int LONGEST_MESSAGE = 64 * 1024;
  private static final int MILLIS = 10_000;
  private static final String MECHANISM = "SCRAM-SHA-256";

  enum Answer {
    ACCEPTED,
    REFUSED,
    NO_SCRAM_DEMANDED
  }

  private record Message(char type, ByteBuffer body) {}

  private ScramLogin() {}

  static Answer attempt(int port, String user, String password) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(Ports.loopback(), port), MILLIS);
      socket.setSoTimeout(MILLIS);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      DataInputStream in = new DataInputStream(socket.getInputStream());
      sendStartup(out, user);
      Message demand = receive(in);
      if (demand.type() != 'R') {
        throw new IOException("the server refused the connection: " + text(demand.body()));
      }
      if (demand.body().getInt() != SASL || !text(demand.body()).contains(MECHANISM)) {
        return Answer.NO_SCRAM_DEMANDED;
      }
      ScramProof proof = new ScramProof(password);
      sendFirst(out, proof.clientFirst());
      send(out, proof.clientFinal(text(expect(in, SASL_CONTINUE))));
      Message verdict = receive(in);
      if (verdict.type() == 'E') {
        return Answer.REFUSED;
      }
      if (verdict.type() != 'R' || verdict.body().getInt() != SASL_FINAL) {
        throw new IOException("unexpected answer to a proof: " + verdict.type());
      }
      expect(in, OK);
      return Answer.ACCEPTED;
    }
  }

  private static void sendStartup(DataOutputStream out, String user) throws IOException {
    byte[] body = ("user\0" + user + "\0database\0postgres\0\0").getBytes(StandardCharsets.UTF_8);
    out.writeInt(Integer.BYTES * 2 + body.length);
    out.writeInt(PROTOCOL);
    out.write(body);
    out.flush();
  }

  private static void sendFirst(DataOutputStream out, String text) throws IOException {
    byte[] mechanism = (MECHANISM + "\0").getBytes(StandardCharsets.US_ASCII);
    byte[] first = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer body = ByteBuffer.allocate(mechanism.length + Integer.BYTES + first.length);
    send(out, body.put(mechanism).putInt(first.length).put(first).array());
  }

  private static void send(DataOutputStream out, String text) throws IOException {
    send(out, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(DataOutputStream out, byte[] body) throws IOException {
    out.writeByte('p');
    out.writeInt(Integer.BYTES + body.length);
    out.write(body);
    out.flush();
  }

  private static ByteBuffer expect(DataInputStream in, int code) throws IOException {
    Message message = receive(in);
    if (message.type() != 'R' || message.body().getInt() != code) {
      throw new IOException("expected step " + code + " of the login, got " + message.type());
    }
    return message.body();
  }

  private static Message receive(DataInputStream in) throws IOException {
    char type = (char) in.readUnsignedByte();
    int length = in.readInt() - Integer.BYTES;
    if (length < 0 || length > LONGEST_MESSAGE) {
      throw new IOException("a message of " + length + " bytes during the login");
    }
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("the server hung up during the login");
    }
    return new Message(type, ByteBuffer.wrap(body));
  }

  private static String text(ByteBuffer rest) {
    return StandardCharsets.UTF_8.decode(rest).toString();
  }
}
