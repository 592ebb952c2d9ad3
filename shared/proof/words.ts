// The dictionaries of the rules of wording, authored here and dated: wrong characters, preferred forms, institutions with
// the day they were renamed, laws with the day they were repealed. Offices add their own; nothing is copied.

/** Wrong -> right. Only spellings that are wrong wherever they stand; see `unless`. */
export const misspellings: Readonly<Record<string, string>> = {
  ...{ 布署: "部署", 防犯: "防范", 既使: "即使", 按装: "安装", 冒然: "贸然", 渡假: "度假", 幅射: "辐射", 峻工: "竣工" },
  ...{ 松驰: "松弛", 脉博: "脉搏", 迫不急待: "迫不及待", 再接再励: "再接再厉", 一愁莫展: "一筹莫展" },
  ...{ 穿流不息: "川流不息", 走头无路: "走投无路", 谈笑风声: "谈笑风生", 原形必露: "原形毕露", 黄梁美梦: "黄粱美梦" },
  ...{ 重迭: "重叠", 气慨: "气概", 修茸: "修葺", 膺品: "赝品", 精萃: "精粹", 震憾: "震撼", 蜇伏: "蛰伏", 装祯: "装帧" },
  ...{ 饮鸠止渴: "饮鸩止渴", 编篡: "编纂", 赃款脏物: "赃款赃物", 追朔: "追溯", 水泻不通: "水泄不通" },
  ...{ 滥芋充数: "滥竽充数", 世外桃园: "世外桃源", 甘败下风: "甘拜下风", 自抱自弃: "自暴自弃", 针贬: "针砭" },
  ...{ 一如继往: "一如既往", 不径而走: "不胫而走", 食不裹腹: "食不果腹", 名负其实: "名副其实", 入场卷: "入场券" },
  ...{ 粗旷: "粗犷", 沉缅: "沉湎", 美仑美奂: "美轮美奂", 提纲携领: "提纲挈领", 寒喧: "寒暄", 弦律: "旋律" },
  ...{ 一诺千斤: "一诺千金", 亲睐: "青睐", 竭泽而鱼: "竭泽而渔", 磬竹难书: "罄竹难书", 声名雀起: "声名鹊起" },
  ...{ 默守成规: "墨守成规", 人情事故: "人情世故", 有持无恐: "有恃无恐", 额首称庆: "额手称庆", 死皮癞脸: "死皮赖脸" },
  ...{ 金榜提名: "金榜题名", 旁证博引: "旁征博引", 出奇不意: "出其不意", 趋之若骛: "趋之若鹜", 按步就班: "按部就班" },
  ...{ 不记其数: "不计其数", 责无旁代: "责无旁贷", 全力以付: "全力以赴", 因地治宜: "因地制宜", 实事球是: "实事求是" },
  ...{ 贯切落实: "贯彻落实", 惯彻: "贯彻", 落实倒位: "落实到位", 严历打击: "严厉打击", 通迅: "通讯", 逐一系列: "逐一" },
};

/** 异形词 (GF 1001—2001) and the like: form not recommended -> recommended. */
export const variants: Readonly<Record<string, string>> = {
  ...{ 想像: "想象", 惟一: "唯一", 人材: "人才", 其它: "其他", 笔划: "笔画", 成份: "成分", 部份: "部分", 倒楣: "倒霉" },
  ...{ 耽心: "担心", 搭挡: "搭档", 答覆: "答复", 精采: "精彩", 图象: "图像", 录象: "录像", 摄象: "摄像", 勾通: "沟通" },
  ...{ 糟塌: "糟蹋", 执著: "执着", 毋须: "无须", 座落: "坐落", 撤消: "撤销", 起迄: "起讫" },
};

/** What may follow, so that the characters belong to other words: 预防犯罪, 按装机容量, 工人材料. */
export const unless: Readonly<Record<string, string>> = {
  ...{ 防犯: "罪|规|错", 既使: "用|得", 按装: "机|置|配|修|载|卸", 人材: "料|质", 其它: "山之石" },
};

/** Renamed institutions: a notice dated before `since` is right to use the old name. */
export const institutions: readonly { readonly old: RegExp; readonly now: string; readonly since: string }[] = [
  { old: /工商(?:行政管理)?局/u, now: "市场监督管理局", since: "2019-04-01" },
  { old: /质量技术监督局|质监局/u, now: "市场监督管理局", since: "2019-04-01" },
  { old: /食品药品监督管理局|食药监局/u, now: "市场监督管理局", since: "2019-04-01" },
  { old: /(?<!生态)环境保护局|环保局/u, now: "生态环境局", since: "2019-04-01" },
  { old: /国土资源局|国土局/u, now: "自然资源局", since: "2019-04-01" },
  { old: /安全生产监督管理局|安监局/u, now: "应急管理局", since: "2019-04-01" },
  { old: /卫生和计划生育(?:委员会|局)|卫计[委局]/u, now: "卫生健康委员会（局）", since: "2019-04-01" },
  { old: /旅游发展委员会|文化广电新闻出版局/u, now: "文化旅游广电部门", since: "2019-04-01" },
  { old: /扶贫开发办公室|扶贫办(?!公)/u, now: "乡村振兴局", since: "2021-06-01" },
  { old: /银保监局|银监局/u, now: "国家金融监督管理总局派出机构", since: "2023-07-20" },
];

/** Laws that no longer hold: cited without 原 in a notice dated on or after `since`. */
export const repealedLaws: readonly { readonly name: string; readonly now: string; readonly since: string }[] = [
  { name: "合同法", now: "民法典", since: "2021-01-01" },
  { name: "物权法", now: "民法典", since: "2021-01-01" },
  { name: "侵权责任法", now: "民法典", since: "2021-01-01" },
  { name: "婚姻法", now: "民法典", since: "2021-01-01" },
  { name: "继承法", now: "民法典", since: "2021-01-01" },
  { name: "民法总则", now: "民法典", since: "2021-01-01" },
  { name: "民法通则", now: "民法典", since: "2021-01-01" },
  { name: "担保法", now: "民法典", since: "2021-01-01" },
  { name: "收养法", now: "民法典", since: "2021-01-01" },
  { name: "行政监察法", now: "监察法", since: "2018-03-20" },
];

/** Cities that are often put in the wrong province. */
export const provinces: Readonly<Record<string, string>> = {
  ...{
    张家界: "湖南",
    岳阳: "湖南",
    湘潭: "湖南",
    株洲: "湖南",
    衡阳: "湖南",
    郴州: "湖南",
    常德: "湖南",
    怀化: "湖南",
  },
  ...{ 武汉: "湖北", 宜昌: "湖北", 襄阳: "湖北", 荆州: "湖北", 十堰: "湖北", 黄冈: "湖北", 咸宁: "湖北" },
  ...{ 南昌: "江西", 九江: "江西", 赣州: "江西", 宜春: "江西", 萍乡: "江西", 成都: "四川", 绵阳: "四川", 泸州: "四川" },
  ...{ 广州: "广东", 深圳: "广东", 珠海: "广东", 东莞: "广东", 桂林: "广西", 柳州: "广西", 贵阳: "贵州", 遵义: "贵州" },
  ...{ 西安: "陕西", 宝鸡: "陕西", 榆林: "陕西", 太原: "山西", 大同: "山西", 临汾: "山西", 郑州: "河南", 洛阳: "河南" },
  ...{
    石家庄: "河北",
    唐山: "河北",
    保定: "河北",
    济南: "山东",
    青岛: "山东",
    烟台: "山东",
    合肥: "安徽",
    芜湖: "安徽",
  },
  ...{ 杭州: "浙江", 宁波: "浙江", 温州: "浙江", 南京: "江苏", 苏州: "江苏", 无锡: "江苏", 福州: "福建", 厦门: "福建" },
};

/** Characters that are taken for each other in names. */
export const lookalikes: readonly string[] = [
  ...["韬滔涛", "国囯", "辉晖辉", "伟玮炜", "霞瑕", "俊峻骏", "杰傑", "洋扬杨", "丽莉", "红虹洪宏", "明铭", "华桦骅"],
  ...["军君", "建健", "志智", "波坡", "斌彬", "平萍", "林琳", "芳方", "海涵", "雄熊", "晓小", "清青", "玉钰", "文雯"],
  ...["子仔", "元园", "成诚", "凤风", "祥详", "娟涓", "永咏", "春椿", "贵桂", "胜盛", "新欣", "艳燕", "庆青", "兰岚"],
];
