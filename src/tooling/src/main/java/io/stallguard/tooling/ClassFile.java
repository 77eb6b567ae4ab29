package io.stallguard.tooling;

import java.security.CodeSource;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/** A class that is being loaded. */
final class ClassFile {
  private final @Nullable ClassLoader loader;
  private final String internalName;
  private final @Nullable ProtectionDomain domain;
  private final byte[] bytes;

  ClassFile(
      @Nullable ClassLoader loader,
      String internalName,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    this.loader = loader;
    this.internalName = internalName;
    this.domain = domain;
    this.bytes = bytes;
  }

  /** The loader that defines it, null for the boot loader. */
  @Nullable ClassLoader loader() {
    return loader;
  }

  /** The name as {@code java.lang.Object}. */
  String typeName() {
    return internalName.replace('/', '.');
  }

  /** What rights it has, null for those of the JDK. */
  @Nullable ProtectionDomain domain() {
    return domain;
  }

  /** This class with advice in it. */
  ClassFile with(byte[] woven) {
    return new ClassFile(loader, internalName, domain, woven);
  }

  byte[] bytes() {
    return bytes;
  }

  /** The class and where it came from, which most often tells the version of the client. */
  String origin() {
    CodeSource source = domain == null ? null : domain.getCodeSource();
    Object place =
        source == null || source.getLocation() == null
            ? "JDK " + System.getProperty("java.version")
            : source.getLocation();
    return typeName() + " from " + place;
  }
}
