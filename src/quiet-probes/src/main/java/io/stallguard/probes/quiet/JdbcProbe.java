package io.stallguard.probes.quiet;

import io.stallguard.probes.Job;
import io.stallguard.probes.Probe;
import io.stallguard.probes.Received;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import org.h2.tools.Server;

/** A query that takes as long as the job's pause, over TCP. */
public final class JdbcProbe implements Probe {

  @Override
  public void run(Job job, Received received) throws Exception {
    Server server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
    String url = "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/mem:" + job.id();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ALIAS PAUSE FOR \"" + JdbcProbe.class.getName() + ".pause\"");
      query(statement, job.pauseMillis(), received);
      query(statement, 1, received);
    } finally {
      server.stop();
    }
  }

  private static void query(Statement statement, long millis, Received received) throws Exception {
    Silence silence = Silence.begin();
    try (ResultSet rows = statement.executeQuery("SELECT PAUSE(" + millis + ")")) {
      silence.lasted(millis);
      while (rows.next()) {
        received.add(rows.getString(1) + "\n");
      }
    }
  }

  /** The database calls it. */
  public static String pause(long millis) {
    Silence.keep(millis);
    return "slept";
  }
}
