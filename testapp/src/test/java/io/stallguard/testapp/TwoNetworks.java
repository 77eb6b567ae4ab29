package io.stallguard.testapp;

import io.stallguard.testing.JavaCommand;

/**
 * Two network namespaces with a cable between them that can be cut without a word: from then on
 * each side sends its packets to a station that is not there, so that nothing is answered, neither
 * with a reset nor with a message of ICMP. Needs root, and {@code ip} of iproute2 alone.
 */
final class TwoNetworks implements AutoCloseable {
  /** Addresses that nobody has (RFC 5737); in namespaces of their own, the same for all. */
  static final String SERVER = "192.0.2.1";

  private static final String CLIENT = "192.0.2.2";
  private static final String DEVICE = "cable";
  private static final String NOBODY = "02:00:5e:00:53:ff";

  /** So little that what is not taken by the peer soon holds up who writes. */
  private static final String SMALL_BUFFERS = "4096 8192 16384";

  private final String server = "stallguard-" + ProcessHandle.current().pid() + "-server";
  private final String client = "stallguard-" + ProcessHandle.current().pid() + "-client";
  private final Thread atExit = new Thread(this::remove);

  private TwoNetworks() {}

  /** Whether this process may make them. */
  static boolean possible() {
    String name = "stallguard-" + ProcessHandle.current().pid() + "-try";
    boolean made = Commands.works("ip", "netns", "add", name);
    return made && Commands.works("ip", "netns", "del", name);
  }

  static TwoNetworks open() {
    TwoNetworks networks = new TwoNetworks();
    Runtime.getRuntime().addShutdownHook(networks.atExit);
    try {
      networks.make();
      return networks;
    } catch (RuntimeException e) {
      networks.close();
      throw e;
    }
  }

  private void make() {
    Commands.run("ip", "netns", "add", server);
    Commands.run("ip", "netns", "add", client);
    in(server, "link", "add", DEVICE, "type", "veth", "peer", "name", DEVICE, "netns", client);
    in(server, "addr", "add", SERVER + "/30", "dev", DEVICE);
    in(client, "addr", "add", CLIENT + "/30", "dev", DEVICE);
    for (String network : new String[] {server, client}) {
      in(network, "link", "set", "lo", "up");
      in(network, "link", "set", DEVICE, "up");
    }
    String small = "echo " + SMALL_BUFFERS + " > /proc/sys/net/ipv4/tcp_wmem";
    Commands.run("ip", "netns", "exec", client, "sh", "-c", small);
  }

  private static void in(String network, String... words) {
    String[] command = new String[words.length + 3];
    command[0] = "ip";
    command[1] = "-n";
    command[2] = network;
    System.arraycopy(words, 0, command, 3, words.length);
    Commands.run(command);
  }

  JavaCommand asServer(JavaCommand command) {
    return command.within("ip", "netns", "exec", server);
  }

  JavaCommand asClient(JavaCommand command) {
    return command.within("ip", "netns", "exec", client);
  }

  /** How many connections of the client's side have at least so many bytes that nobody takes. */
  long holding(int bytes) {
    String tables = "cat /proc/net/tcp /proc/net/tcp6";
    return Commands.run("ip", "netns", "exec", client, "sh", "-c", tables)
        .lines()
        .map(line -> line.trim().split("\\s+"))
        .filter(fields -> fields[0].matches("\\d+:"))
        .filter(fields -> Integer.parseInt(fields[4].split(":")[0], 16) >= bytes)
        .count();
  }

  /** From now on no packet arrives, in neither direction. */
  void cut() {
    divert(client, SERVER);
    divert(server, CLIENT);
  }

  private static void divert(String network, String address) {
    in(network, "neigh", "replace", address, "lladdr", NOBODY, "nud", "permanent", "dev", DEVICE);
  }

  @Override
  public void close() {
    remove();
    Runtime.getRuntime().removeShutdownHook(atExit);
  }

  /** What is left of them; processes in them end with the test. */
  private void remove() {
    Commands.works("ip", "netns", "del", client);
    Commands.works("ip", "netns", "del", server);
  }
}
