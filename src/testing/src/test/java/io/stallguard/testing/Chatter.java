package io.stallguard.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;

/** A tiny program that says what it was started with, and then what it is told to. */
public final class Chatter {

  private Chatter() {}

  public static void main(String[] args) throws IOException {
    System.out.println("arguments " + String.join(" ", args));
    System.out.println("property " + System.getProperty("chatter.property"));
    System.out.println("variable " + System.getenv("CHATTER_VARIABLE"));
    System.out.println("feature " + System.getProperty("java.specification.version"));
    System.err.println("ready, naïve 世界");
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      obey(line);
    }
  }

  private static void obey(String line) throws IOException {
    if (line.startsWith("exit ")) {
      System.exit(Integer.parseInt(line.substring("exit ".length())));
    } else if (line.equals("child")) {
      String java = System.getProperty("java.home") + "/bin/java";
      String classPath = System.getProperty("java.class.path");
      Process child = new ProcessBuilder(java, "-cp", classPath, Chatter.class.getName()).start();
      System.out.println("child " + child.pid());
    } else {
      System.out.println("said " + line);
    }
  }
}
