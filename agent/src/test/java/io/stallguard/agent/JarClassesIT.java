package io.stallguard.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;

/** Each class in the jar: old enough for its JVM, and with nothing of the app's in its names. */
class JarClassesIT {
  private static final int JAVA_8 = 52;
  private static final int JAVA_11 = 55;
  private static final int UTF8 = 1;
  private static final String SHADED = "io.stallguard.shaded.";

  @Test
  void runsOnJava8() throws IOException {
    List<String> tooNew = new ArrayList<>();
    try (BuiltJar jar = new BuiltJar()) {
      for (String name : jar.classes()) {
        if (jar.version(name) > newest(name)) {
          tooNew.add(name + ": " + jar.version(name));
        }
      }
      assertThat(jar.classes()).hasSizeGreaterThan(100);
    }

    assertThat(tooNew).isEmpty();
  }

  /** A client that came with Java 11, and what JDK 8 has a replacement for. */
  private static int newest(String name) {
    return name.startsWith("inst/io/stallguard/instrumentation/javahttpclient/")
            || name.equals("inst/io/stallguard/core/body/WideLineSearch.classdata")
        ? JAVA_11
        : JAVA_8;
  }

  @Test
  void namesDependenciesByTheirOwnPackagesNowhere() throws IOException {
    List<String> foreign = new ArrayList<>();
    try (BuiltJar jar = new BuiltJar()) {
      for (String name : jar.classes()) {
        for (String constant : foreign(jar.content(name))) {
          foreign.add(name + ": " + constant);
        }
      }
    }

    assertThat(foreign).isEmpty();
  }

  /** Constants that name a dependency as it was before it was moved, be it as type or as text. */
  private static List<String> foreign(byte[] classFile) throws IOException {
    List<String> found = new ArrayList<>();
    ClassReader reader = new ClassReader(classFile);
    for (int item = 1; item < reader.getItemCount(); item++) {
      int offset = reader.getItem(item);
      if (offset > 0 && classFile[offset - 1] == UTF8) {
        String text = utf8(classFile, offset);
        if (isForeign(text)) {
          found.add(text);
        }
      }
    }
    return found;
  }

  private static String utf8(byte[] classFile, int offset) throws IOException {
    return new DataInputStream(
            new ByteArrayInputStream(classFile, offset, classFile.length - offset))
        .readUTF();
  }

  /** Sentences for people may keep the names that people know. */
  private static boolean isForeign(String constant) {
    if (constant.indexOf(' ') >= 0) {
      return false;
    }
    String name = constant.replace('/', '.');
    String outside = name.replace(SHADED + "net.", "").replace(SHADED + "org.", "");
    return outside.contains("net.bytebuddy.") || outside.contains("org.slf4j.");
  }
}
