package io.stallguard.probes;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;

/** Another agent, which loads all classes of clients that there are before ours begins. */
public final class LoadingAgent {
  private LoadingAgent() {}

  /**
   * Called by the JVM.
   *
   * @param index names a file whose lines end with the name of a class
   */
  public static void premain(String index, Instrumentation instrumentation) throws IOException {
    try (BufferedReader lines =
        Files.newBufferedReader(Paths.get(index), StandardCharsets.US_ASCII)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        load(line.substring(line.lastIndexOf(' ') + 1).replace('/', '.'));
      }
    }
  }

  private static void load(String name) {
    try {
      Class.forName(name, false, ClassLoader.getSystemClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      // A client that this app does not have.
    }
  }
}
