// The list of shortcuts, under ?.
import { Modal } from "antd";
import { commands, paneKeys } from "../commands.ts";
import { useWorkspace } from "../workspace.ts";

export function Shortcuts() {
  const everywhere = commands.flatMap(({ title, keys }) => (keys ? [[keys, title] as const] : []));
  return (
    <Modal open title="快捷键" footer={null} width={680} onCancel={() => useWorkspace.getState().show(null)}>
      <div className="shortcuts">
        {[{ pane: "处处可用", keys: everywhere }, ...paneKeys].map(({ pane, keys }) => (
          <section key={pane}>
            <h3>{pane}</h3>
            <dl>
              {keys.map(([key, title]) => (
                <div key={key}>
                  <dt>
                    {key.split(" ").map((each) => (
                      <kbd key={each}>{each}</kbd>
                    ))}
                  </dt>
                  <dd>{title}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
