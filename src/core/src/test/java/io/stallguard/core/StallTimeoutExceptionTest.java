package io.stallguard.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;

class StallTimeoutExceptionTest {
  private final StallTimeoutException stall =
      new StallTimeoutException("idle limit of 1 s exceeded", new SocketException("closed"));

  @Test
  void isReadBackWithoutTheAgentAsTheTypeThatIsThere() throws Exception {
    stall.addSuppressed(new IllegalStateException("beside"));

    Throwable read = (Throwable) throughAStream(stall);

    assertThat(read)
        .isExactlyInstanceOf(SocketTimeoutException.class)
        .hasMessage(stall.getMessage());
    assertThat(read.getCause()).isExactlyInstanceOf(SocketException.class).hasMessage("closed");
    assertThat(read.getSuppressed()).hasSize(1);
    assertThat(read.getStackTrace()).isEqualTo(stall.getStackTrace());
  }

  @Test
  void isReadBackAsCauseAndAsSuppressed() throws Exception {
    Exception outer = new IOException("outer", stall);
    outer.addSuppressed(new StallTimeoutException("another", null));

    Throwable read = (Throwable) throughAStream(outer);

    assertThat(read.getCause()).isExactlyInstanceOf(SocketTimeoutException.class);
    assertThat(read.getSuppressed()[0])
        .isExactlyInstanceOf(SocketTimeoutException.class)
        .hasMessage("another")
        .hasNoCause();
  }

  @Test
  void isReadBackFromAChainThatLeadsToItself() throws Exception {
    Exception outer = new IOException("outer", stall);
    stall.addSuppressed(outer);

    Throwable read = (Throwable) throughAStream(outer);

    assertThat(read.getCause().getSuppressed()).containsExactly(read);
  }

  private static Object throughAStream(Object written) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(written);
    }
    try (ObjectInputStream in = new WithoutAgent(bytes.toByteArray())) {
      return in.readObject();
    }
  }

  /** Finds the JDK's classes and no others. */
  private static final class WithoutAgent extends ObjectInputStream {
    WithoutAgent(byte[] bytes) throws IOException {
      super(new ByteArrayInputStream(bytes));
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description) throws ClassNotFoundException {
      return Class.forName(description.getName(), false, ClassLoader.getPlatformClassLoader());
    }
  }
}
