package io.stallguard.core.coverage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * A class that was loaded and by which a client is noticed, under the name that it was written with
 * or under another one. One thread.
 */
public final class ClientClass {
  private static final byte[] NONE = {};
  private static final int BUFFER_BYTES = 8192;

  private final String known;
  private final String name;
  private final @Nullable ClassLoader loader;
  private final @Nullable ProtectionDomain domain;
  private final byte @Nullable [] bytes;
  private @Nullable NettyName netty;

  /**
   * Makes what is known of the class.
   *
   * @param known the name that it was written with, among {@link Coverage#classes} or {@link
   *     Coverage#renamable}
   * @param name the name that it has here; the part behind the first slash of the other is its end
   * @param bytes the class file; null if it is to be asked of the loader
   */
  public ClientClass(
      String known,
      String name,
      @Nullable ClassLoader loader,
      @Nullable ProtectionDomain domain,
      byte @Nullable [] bytes) {
    this.known = known;
    this.name = name;
    this.loader = loader;
    this.domain = domain;
    this.bytes = bytes;
  }

  /** What of an internal name is left where the first of its packages has another name. */
  private static String ending(String known) {
    return known.substring(known.indexOf('/') + 1);
  }

  String known() {
    return known;
  }

  @Nullable ClassLoader loader() {
    return loader;
  }

  /** The package below which it was put with what is kept of its name; empty if it was not. */
  String front() {
    if (name.equals(known)) {
      return "";
    }
    String kept = name.endsWith('/' + known) ? known : ending(known);
    return name.substring(0, name.length() - kept.length() - 1).replace('/', '.');
  }

  /** Where it came from; empty if that is not known. */
  String place() {
    CodeSource source = domain == null ? null : domain.getCodeSource();
    return source == null || source.getLocation() == null ? "" : source.getLocation().toString();
  }

  /** The Netty that it is made against. The first time that may ask the class loader. */
  NettyName netty() {
    NettyName named = netty == null ? NettyName.in(bytes == null ? read() : bytes) : netty;
    netty = named;
    return named;
  }

  private byte[] read() {
    try (InputStream in =
        loader == null ? null : loader.getResourceAsStream(name.concat(".class"))) {
      return in == null ? NONE : all(in);
    } catch (IOException | RuntimeException | LinkageError e) {
      // The app's loader, its jar gone or not for us to read: then nobody knows.
      return NONE;
    }
  }

  private static byte[] all(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      all.write(buffer, 0, count);
    }
    return all.toByteArray();
  }
}
