package io.stallguard.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** An agent that says that it was started. */
public final class TinyAgent {

  private TinyAgent() {}

  public static void premain(String arguments) {
    System.out.println("agent " + arguments);
  }

  static Path jar(Path folder) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", TinyAgent.class.getName());
    Path jar = folder.resolve("tiny agent.jar");
    String entry = TinyAgent.class.getName().replace('.', '/') + ".class";
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest)) {
      entries.putNextEntry(new ZipEntry(entry));
      entries.write(TinyAgent.class.getResourceAsStream("TinyAgent.class").readAllBytes());
    }
    return jar;
  }
}
