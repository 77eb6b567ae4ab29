package io.stallguard.probes.quiet;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.stallguard.probes.Job;
import io.stallguard.probes.Probe;
import io.stallguard.probes.Received;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;

/** Long polls over a channel and a selector, in frames with their length, as Kafka has it. */
public final class SelectorProbe implements Probe {
  private static final int POLLS = 4;

  @Override
  public void run(Job job, Received received) throws Exception {
    long pollMillis = job.pauseMillis() / POLLS;
    try (ServerSocketChannel server = ServerSocketChannel.open();
        Selector selector = Selector.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      try (SocketChannel client = SocketChannel.open(server.getLocalAddress());
          SocketChannel accepted = server.accept()) {
        CompletableFuture<Void> served = Silence.serve(() -> serve(accepted, pollMillis));
        client.configureBlocking(false);
        client.register(selector, SelectionKey.OP_READ);
        for (int i = 0; i < POLLS; i++) {
          poll(client, selector, pollMillis, received);
        }
        served.get();
      }
    }
  }

  private static void poll(SocketChannel client, Selector selector, long millis, Received received)
      throws IOException {
    client.write(frame("fetch"));
    Silence silence = Silence.begin();
    ByteBuffer answer = frame("record");
    answer.clear();
    while (answer.hasRemaining()) {
      selector.select();
      selector.selectedKeys().clear();
      if (client.read(answer) < 0) {
        throw new EOFException();
      }
    }
    silence.lasted(millis);
    answer.flip();
    received.add(answer);
  }

  private static void serve(SocketChannel accepted, long millis) {
    try {
      for (int i = 0; i < POLLS; i++) {
        ByteBuffer request = frame("fetch");
        request.clear();
        while (request.hasRemaining() && accepted.read(request) >= 0) {
          // The rest comes.
        }
        Silence.keep(millis);
        accepted.write(frame("record"));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ByteBuffer frame(String text) {
    byte[] bytes = text.getBytes(US_ASCII);
    return ByteBuffer.allocate(Integer.BYTES + bytes.length).putInt(bytes.length).put(bytes).flip();
  }
}
