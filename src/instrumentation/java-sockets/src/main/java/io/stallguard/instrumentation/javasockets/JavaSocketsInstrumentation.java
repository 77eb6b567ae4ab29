package io.stallguard.instrumentation.javasockets;

import io.stallguard.tooling.InstrumentationModule;
import io.stallguard.tooling.TypeInstrumentation;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Instruments the JDK's sockets and Conscrypt's. */
public final class JavaSocketsInstrumentation extends InstrumentationModule {
  private static final String READ = "([BII)I";
  private static final String WRITE = "([BII)V";

  /**
   * The release of Java from which on {@code Socket} has streams of its own around those of its
   * implementation.
   */
  private static final int OWN_STREAMS = 13;

  /** The release of Java from which on Flight Recorder does not mind a socket that is closed. */
  private static final int CAREFUL_RECORDER = 25;

  @Override
  public String name() {
    return "java-sockets";
  }

  @Override
  public List<TypeInstrumentation> types() {
    return Arrays.asList(
        TypeInstrumentation.of("java.net.Socket$SocketInputStream")
            .advise(
                "<init>", "(Ljava/net/Socket;Ljava/io/InputStream;)V", WrappedStreamAdvice.class),
        TypeInstrumentation.of("java.net.Socket$SocketOutputStream")
            .advise("write", WRITE, SocketWriteAdvice.class),
        TypeInstrumentation.of("java.net.Socket")
            .advise("getSoTimeout", "()I", SocketTimeoutAdvice.class)
            .onlyBefore(CAREFUL_RECORDER),
        TypeInstrumentation.of("java.net.ServerSocket")
            .advise("implAccept", "(Ljava/net/Socket;)V", AcceptAdvice.class),
        TypeInstrumentation.of("java.net.AbstractPlainSocketImpl")
            .advise("<init>", "()V", PlainLockAdvice.class)
            .onlyBefore(OWN_STREAMS),
        TypeInstrumentation.of("java.net.SocketInputStream")
            .advise("read", READ, PlainReadAdvice.class)
            .onlyBefore(OWN_STREAMS),
        TypeInstrumentation.of("java.net.SocketOutputStream")
            .advise("socketWrite", WRITE, PlainWriteAdvice.class)
            .onlyBefore(OWN_STREAMS),
        TypeInstrumentation.of("sun.security.ssl.SSLSocketImpl$AppInputStream")
            .advise("<init>", "(Lsun/security/ssl/SSLSocketImpl;)V", TlsLockAdvice.class)
            .advise("read", READ, TlsReadAdvice.class)
            .optional(),
        TypeInstrumentation.of("sun.security.ssl.SSLSocketImpl$AppOutputStream")
            .advise("write", WRITE, TlsWriteAdvice.class)
            .optional(),
        conscryptInput("ConscryptFileDescriptorSocket"),
        TypeInstrumentation.of("org.conscrypt.ConscryptFileDescriptorSocket$SSLOutputStream")
            .advise("write", WRITE, TlsWriteAdvice.class)
            .optional(),
        conscryptInput("ConscryptEngineSocket")
            .advise("read", "()I", FailedReadAdvice.class)
            .advise("read", "([B)I", FailedReadAdvice.class),
        TypeInstrumentation.of("org.conscrypt.ConscryptEngineSocket$SSLOutputStream")
            .advise("writeInternal", "(Ljava/nio/ByteBuffer;)V", EngineWriteAdvice.class)
            .optional());
  }

  private static TypeInstrumentation conscryptInput(String socket) {
    return TypeInstrumentation.of("org.conscrypt." + socket + "$SSLInputStream")
        .advise("<init>", "(Lorg/conscrypt/" + socket + ";)V", TlsLockAdvice.class)
        .advise("read", READ, TlsReadAdvice.class)
        .optional();
  }

  @Override
  public String helper() {
    return "io.stallguard.instrumentation.javasockets.helpers.Taps";
  }

  @Override
  public List<String> opens() {
    return Collections.singletonList("java.base/sun.security.ssl");
  }

  @Override
  public boolean cutsSockets() {
    return true;
  }
}
